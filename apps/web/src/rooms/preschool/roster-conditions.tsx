import { Form, Input, Select } from 'antd'
import { codeOptions } from '../../shared/code-text.ts'

/** The conditions of menu §2.1; 补录 has four of them (menu §2.2). */
export function RosterConditions({ short = false }: { short?: boolean }) {
  return (
    <>
      <Form.Item name="name" label={short ? '学生姓名' : '姓名'}>
        <Input allowClear maxLength={50} />
      </Form.Item>
      <Form.Item name="identityNumber" label="身份证件号">
        <Input allowClear maxLength={30} placeholder="完整号码" className="xj-number" />
      </Form.Item>
      {short ? null : (
        <>
          <Form.Item name="importFileName" label="导入Excel名称">
            <Input allowClear maxLength={120} />
          </Form.Item>
          <Choice name="match" label="处理状态" table="MATCH" />
        </>
      )}
      <Choice name="identityType" label="身份证件类型" table="IDTYPE" />
      <Choice name="supplemented" label="是否完成补录" table="SUPPLEMENT" />
    </>
  )
}

function Choice({ name, label, table }: { name: string; label: string; table: string }) {
  return (
    <Form.Item name={name} label={label}>
      <Select allowClear placeholder="请选择" options={codeOptions(table)} />
    </Form.Item>
  )
}
