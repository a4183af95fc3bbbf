import type { RowIssue } from '@xueji/contracts/pipeline/import.api'
import { birthDateOf, genderOf } from '@xueji/domain/identity/identity-number'
import { canonicalIdentityNumber } from '@xueji/domain/identity/identity-type'
import { compactDate } from '@xueji/domain/kernel/plain-date'
import { Form, type FormInstance, Input, Select } from 'antd'
import { type ReactNode, useState } from 'react'
import { codeOptions } from '../code-text.ts'

/** The five fields as texts: names or codes, as in the workbook. */
export type FiveFields = {
  name: string
  gender: string
  birthDate: string
  identityType: string
  identityNumber: string
}

/** None of them is filled in. */
export const NO_FIELDS: FiveFields = { name: '', gender: '', birthDate: '', identityType: '', identityNumber: '' }

/** The five fields every list of newcomers has (PRE-001), as texts; `before` is what one list has besides. */
export function FiveFieldsForm<Values extends FiveFields>(props: {
  form: FormInstance<Values>
  initial: Values
  before?: ReactNode
  onSave: (values: Values) => void
}) {
  const { form, initial } = props
  const [type, setType] = useState(initial.identityType)
  const resident = type === '1'
  const onChange = (part: Partial<Values>, all: Values): void => {
    setType(all.identityType)
    if (part.identityType === 'Z') form.setFieldsValue({ identityNumber: '' } as never)
    // IDN-006: with a resident card both follow from the number.
    if (all.identityType === '1' && ('identityNumber' in part || 'identityType' in part))
      form.setFieldsValue(ofNumber(all.identityNumber) as never)
  }
  const required = (label: string) => [{ required: true, message: `${label}不能为空` }]
  return (
    <Form
      form={form}
      initialValues={chosen(initial)}
      labelCol={{ flex: '0 0 100px' }}
      preserve={false}
      // The form outlives the dialog: without this the next child would be shown the values of the last one.
      clearOnDestroy
      validateTrigger="onBlur"
      onFinish={props.onSave}
      onValuesChange={onChange}
    >
      {props.before}
      <Form.Item name="name" label="姓名" rules={required('姓名')}>
        <Input maxLength={50} autoFocus autoComplete="off" />
      </Form.Item>
      <Form.Item name="identityType" label="身份证件类型" rules={required('身份证件类型')}>
        <Select placeholder="请选择" options={codeOptions('IDTYPE')} />
      </Form.Item>
      <Form.Item
        name="identityNumber"
        label="身份证件号"
        rules={type === 'Z' ? [] : required('身份证件号')}
        normalize={canonicalIdentityNumber}
      >
        <Input
          maxLength={30}
          className="xj-number"
          autoComplete="off"
          disabled={type === 'Z'}
          placeholder={type === 'Z' ? '无身份证件，不填' : ''}
        />
      </Form.Item>
      <Form.Item
        name="gender"
        label="性别"
        rules={required('性别')}
        extra={resident ? '性别、出生日期由居民身份证号自动生成' : undefined}
      >
        <Select placeholder="请选择" options={codeOptions('GENDER')} disabled={resident} />
      </Form.Item>
      <Form.Item name="birthDate" label="出生日期" rules={required('出生日期')}>
        <Input maxLength={10} className="xj-number" placeholder="YYYYMMDD" disabled={resident} autoComplete="off" />
      </Form.Item>
    </Form>
  )
}

/** An empty choice is none: the list then says 请选择. */
const chosen = (values: FiveFields): Partial<FiveFields> =>
  Object.fromEntries(Object.entries(values).filter(([, text]) => text !== ''))

function ofNumber(number: string | undefined): { gender: string | undefined; birthDate: string | undefined } {
  const canonical = canonicalIdentityNumber(number ?? '')
  const birth = /^\d{17}[\dX]$/.test(canonical) ? birthDateOf(canonical) : undefined
  return birth
    ? { gender: genderOf(canonical), birthDate: compactDate(birth) }
    : { gender: undefined, birthDate: undefined }
}

/** What the server found wrong with each field, as the form shows it. */
export const fieldErrors = <Name extends string>(names: readonly Name[], issues: readonly RowIssue[]) =>
  names.map((name) => ({
    name,
    errors: issues
      .filter((issue) => issue.field === name && issue.severity === 'error')
      .map((issue) => `${issue.message}。${issue.advice}`),
  }))
