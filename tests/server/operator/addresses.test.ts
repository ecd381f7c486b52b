import { describe, expect, it } from 'vitest'
import { addressesOf, originOf } from '../../../src/server/operator/addresses.ts'

const names = { ips: ['192.168.1.20', 'fd00::5', '127.0.0.1', '::1'], names: ['localhost'] }
const config = { url: undefined, host: undefined, lan: false }

describe('addresses to print', () => {
  it('begin with localhost, which browsers trust without a certificate', () => {
    expect(addressesOf(config, { port: 8080, tls: false }, names, [])).toEqual({
      first: 'http://localhost:8080',
      others: ['http://192.168.1.20:8080'],
    })
  })

  it('go on with every other address that this machine has, public ones too', () => {
    const { first, others } = addressesOf(config, { port: 80, tls: false }, names, ['203.0.113.7'])
    expect([first, ...others]).toEqual(['http://localhost', 'http://192.168.1.20', 'http://203.0.113.7'])
  })

  it('leave out those that our own certificate is not for', () => {
    const lan = addressesOf({ ...config, lan: true }, { port: 443, tls: true }, names, ['203.0.113.7'])
    expect(lan.others).toEqual(['https://localhost'])
  })

  it('begin with the network address where phones are to open it', () => {
    const { first, others } = addressesOf({ ...config, lan: true }, { port: 443, tls: true }, names)
    expect([first, others]).toEqual(['https://192.168.1.20', ['https://localhost']])
  })

  it('stay on this machine without a network', () => {
    const alone = { ips: ['127.0.0.1'], names: ['localhost'] }
    const { first } = addressesOf({ ...config, lan: true }, { port: 8443, tls: true }, alone)
    expect(first).toBe('https://localhost:8443')
  })

  it('are what the operator says they are, behind a proxy', () => {
    const { first } = addressesOf(
      { ...config, url: 'https://gate.example.org' },
      { port: 1, tls: false },
      names,
    )
    expect(first).toBe('https://gate.example.org')
  })

  it('are the one that was asked for, where it was', () => {
    const asked = addressesOf({ ...config, host: '127.0.0.1' }, { port: 9, tls: false }, names)
    expect(asked).toEqual({ first: 'http://127.0.0.1:9', others: [] })
  })

  it('put IPv6 in brackets', () => {
    expect(originOf(true, '::1', 8443)).toBe('https://[::1]:8443')
  })
})
