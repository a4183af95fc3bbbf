import { expect, it } from 'vitest'
import { isStrongPassword } from '../http/passwords.ts'
import { initialPassword } from './initial-password.ts'

it('is strong, plain to read and never the same (security: Accounts)', () => {
  const made = Array.from({ length: 500 }, initialPassword)
  expect(new Set(made).size).toBe(500)
  for (const password of made) {
    expect(password).toHaveLength(14)
    expect(isStrongPassword(password, '', 'somebody')).toBe(true)
    expect(password).not.toMatch(/[0O1lI]/)
  }
})
