import { LINE_WORDS, MATCH_WORDS } from '@xueji/contracts/rooms/vocational/vocational.words'
import { Form, Input, Select } from 'antd'

const optionsOf = (words: Readonly<Record<string, string>>) =>
  Object.entries(words).map(([value, label]) => ({ value, label }))

/** The conditions of 学籍调档. */
export function RosterConditions() {
  return (
    <>
      <Form.Item name="name" label="姓名">
        <Input allowClear maxLength={50} />
      </Form.Item>
      <Form.Item name="identityNumber" label="身份证件号">
        <Input allowClear maxLength={30} placeholder="完整号码" className="xj-number" />
      </Form.Item>
      <Form.Item name="match" label="识别结果">
        <Select allowClear placeholder="请选择" options={optionsOf(MATCH_WORDS)} />
      </Form.Item>
      <Form.Item name="state" label="接续状态">
        <Select allowClear placeholder="请选择" options={optionsOf(LINE_WORDS)} />
      </Form.Item>
      <Form.Item name="studentNumber" label="学籍号">
        <Input allowClear maxLength={30} placeholder="完整号码" className="xj-number" />
      </Form.Item>
      <Form.Item name="importFileName" label="导入Excel名称">
        <Input allowClear maxLength={120} />
      </Form.Item>
    </>
  )
}
