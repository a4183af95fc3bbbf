import { RESIDENT_NEWCOMER_TEMPLATE as TEMPLATE } from '@xueji/contracts/rooms/registration/registration.template'
import { describe, expect, it } from 'vitest'
import * as form from './form-values.ts'

const initialValues = (stored: Record<string, string>) => form.initialValues(TEMPLATE, stored)
const wireValues = (values: form.FormValues) => form.wireValues(TEMPLATE, values)
const changedKeys = (values: form.FormValues, stored: Record<string, string>) =>
  form.changedKeys(TEMPLATE, values, stored)
const stored = { name: '张小明', identityType: '1', identityNumber: '110101201503150018', 'guardians.0.name': '张大明' }

describe('wireValues', () => {
  it('takes gender and birth date from the number, whatever the form held (IDN-006)', () => {
    const wire = wireValues({ ...initialValues(stored), gender: '2', birthDate: '2014-01-01' })
    expect(wire).toMatchObject({ gender: '1', birthDate: '2015-03-15' })
  })

  it('keeps typed values for documents without them', () => {
    const wire = wireValues({ identityType: 'A', identityNumber: 'E12345678', gender: '2', birthDate: '2015-03-15' })
    expect(wire).toMatchObject({ gender: '2', birthDate: '2015-03-15' })
  })

  it('sends nothing for what is empty or blank', () => {
    expect(wireValues({ name: ' 张小明 ', formerName: '  ', email: undefined })).toEqual({ name: '张小明' })
  })
})

describe('changedKeys', () => {
  it('counts what differs from the stored values, cleared fields included', () => {
    const values = { ...initialValues(stored), 'guardians.0.name': '', name: '张晓明' }
    const complete = { ...stored, gender: '1', birthDate: '2015-03-15' }
    expect([...changedKeys(values, complete)]).toEqual(['name', 'guardians.0.name'])
  })

  it('is empty for a form as it was opened', () => {
    const complete = { ...stored, gender: '1', birthDate: '2015-03-15' }
    expect(changedKeys(initialValues(complete), complete).size).toBe(0)
  })
})
