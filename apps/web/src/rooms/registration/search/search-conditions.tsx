import type { GradeRow } from '@xueji/contracts/platform/organization.api'
import { DatePicker, Form, Input, Select } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { OrganizationPicker } from '../../../shared/organization-picker.tsx'
import { CheckCondition, ClassConditions, StudentConditions } from '../items/item-conditions.tsx'
import { useEntries, useStructure } from '../registration.queries.ts'
import { STATUS_OPTIONS } from './search-filter.ts'

/** The conditions of menu §2.6; education departments have the school's name and code on top. */
export function SearchConditions({ isSchool, grades }: { isSchool: boolean; grades: readonly GradeRow[] }) {
  const { data: entries } = useEntries()
  return (
    <>
      {isSchool ? null : (
        <>
          <Form.Item name="schoolId" label="学校名称">
            <OrganizationPicker level="school" />
          </Form.Item>
          <Form.Item name="schoolCode" label="学校标识码">
            <Input allowClear maxLength={10} className="xj-number" />
          </Form.Item>
        </>
      )}
      <StudentConditions />
      <Form.Item name="category" label="注册类别">
        <Select
          allowClear
          placeholder="请选择"
          options={(entries ?? []).map((entry) => ({ value: entry.category, label: entry.name }))}
        />
      </Form.Item>
      {isSchool ? <ClassConditions grades={grades} /> : <ClassesOfSchool />}
      <CheckCondition />
      <Form.Item name="status" label="注册状态">
        <Select allowClear placeholder="请选择" options={[...STATUS_OPTIONS]} />
      </Form.Item>
      <DayCondition name="appliedFrom" label="录入日期起" />
      <DayCondition name="appliedTo" label="录入日期止" />
    </>
  )
}

/** 年级 and 班级 of the school a bureau has chosen; nothing to choose before that. */
function ClassesOfSchool() {
  const schoolId = Form.useWatch('schoolId') as string | undefined
  const structure = useStructure(schoolId)
  return <ClassConditions grades={schoolId ? (structure?.grades ?? []) : []} />
}

/** A day as a condition: the form keeps 'YYYY-MM-DD', as the server takes it. */
function DayCondition({ name, label }: { name: string; label: string }) {
  return (
    <Form.Item
      name={name}
      label={label}
      getValueProps={(day?: string) => ({ value: day ? dayjs(day) : undefined })}
      normalize={(day: Dayjs | null) => day?.format('YYYY-MM-DD')}
    >
      <DatePicker style={{ width: '100%' }} />
    </Form.Item>
  )
}
