import { Form, Input, Select } from 'antd'

type Named = { name: string; label: string }

/** A condition on a text; part of it is enough. */
export function TextCondition({ name, label, maxLength }: Named & { maxLength: number }) {
  return (
    <Form.Item name={name} label={label}>
      <Input allowClear maxLength={maxLength} />
    </Form.Item>
  )
}

/** A condition on an identity or student number, which is looked up whole. */
export function NumberCondition({ name, label }: Named) {
  return (
    <Form.Item name={name} label={label}>
      <Input allowClear maxLength={30} placeholder="完整号码" className="xj-number" />
    </Form.Item>
  )
}

/** A condition with one of the values offered. */
export function ChoiceCondition({ name, label, options }: Named & { options: { value: string; label: string }[] }) {
  return (
    <Form.Item name={name} label={label}>
      <Select allowClear placeholder="请选择" options={options} />
    </Form.Item>
  )
}

/** The choices of a table of words, in its order. */
export const wordOptions = (words: Readonly<Record<string, string>>): { value: string; label: string }[] =>
  Object.entries(words).map(([value, label]) => ({ value, label }))
