import type { Component, InjectionKey } from 'vue'

/** The state pill, given by the app, so that every page shows it in the same place without knowing what it is. */
export const pillKey: InjectionKey<Component> = Symbol('pill')
