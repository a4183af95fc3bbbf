import { REQUEST_WORDS } from '@xueji/contracts/rooms/vocational/vocational.words'
import { Form, Input, Select } from 'antd'

const STATES = Object.entries(REQUEST_WORDS).map(([value, label]) => ({ value, label }))

/** The conditions of 中职调档查询 and 重复录取处理. */
export function RequestConditions({ withSchool = false }: { withSchool?: boolean }) {
  return (
    <>
      <Form.Item name="studentName" label="学生姓名">
        <Input allowClear maxLength={50} />
      </Form.Item>
      <Form.Item name="identityNumber" label="身份证件号">
        <Input allowClear maxLength={30} placeholder="完整号码" className="xj-number" />
      </Form.Item>
      <Form.Item name="vocationalSchoolName" label="调档中职学校">
        <Input allowClear maxLength={60} />
      </Form.Item>
      <Form.Item name="state" label="调档状态">
        <Select allowClear placeholder="请选择" options={STATES} />
      </Form.Item>
      {withSchool ? (
        <Form.Item name="schoolName" label="学校名称">
          <Input allowClear maxLength={60} />
        </Form.Item>
      ) : null}
      <Form.Item name="studentNumber" label="学籍号">
        <Input allowClear maxLength={30} placeholder="完整号码" className="xj-number" />
      </Form.Item>
    </>
  )
}
