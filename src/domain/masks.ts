/** `张三` → `张*`, `Ann Lee` → `A*`: the first character and one star. Empty stays empty. */
export const maskName = (name: string): string => {
  const [first] = name.trim()
  return first ? `${first}*` : ''
}

/** `13800138000` → `138****8000`; shorter numbers keep their last two digits. */
export const maskPhone = (phone: string): string => {
  const digits = phone.replace(/\D/g, '').replace(/^86(?=1\d{10}$)/, '')
  return digits.length >= 8 ? `${digits.slice(0, 3)}****${digits.slice(-4)}` : `****${digits.slice(-2)}`
}
