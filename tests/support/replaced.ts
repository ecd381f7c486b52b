/** The object with some of its methods replaced. */
export function replaced<T extends object>(original: T, methods: Partial<T>): T {
  return new Proxy(original, {
    get(target, name) {
      const own: unknown = Reflect.get(methods, name) ?? Reflect.get(target, name, target)
      return typeof own === 'function' && !Object.hasOwn(methods, name) ? own.bind(target) : own
    },
  })
}
