import { CHECK_WORDS } from '@xueji/contracts/pipeline/item-words'
import type { ItemFilter } from '@xueji/contracts/pipeline/review.api'
import type { GradeRow } from '@xueji/contracts/platform/organization.api'
import { Form, Select } from 'antd'
import { ChoiceCondition, NumberCondition, TextCondition } from '../../../shared/condition-fields.tsx'

type Check = NonNullable<ItemFilter['check']>

/** 学生姓名 and 身份证件号, the two conditions every list begins with. */
export function StudentConditions() {
  return (
    <>
      <TextCondition name="studentName" label="学生姓名" maxLength={50} />
      <NumberCondition name="identityNumber" label="身份证件号" />
    </>
  )
}

/** 年级 and 班级 of one school. */
export function ClassConditions({ grades }: { grades: readonly GradeRow[] }) {
  return (
    <>
      <ChoiceCondition
        name="gradeId"
        label="年级"
        options={grades.map((grade) => ({ value: grade.id, label: grade.name }))}
      />
      <Form.Item name="classId" label="班级">
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          placeholder="请选择"
          options={grades
            .filter((grade) => grade.classes.length > 0)
            .map((grade) => ({
              label: grade.name,
              title: grade.name,
              options: grade.classes.map((one) => ({ value: one.id, label: one.name })),
            }))}
        />
      </Form.Item>
    </>
  )
}

// One of them joins two others, for a command on all that nothing stands against.
const OFFERED = (Object.keys(CHECK_WORDS) as Check[]).filter((check) => check !== 'clear')

/** 查重认证状态; `only` offers those that can occur in a list. */
export function CheckCondition({ only = OFFERED }: { only?: readonly Check[] }) {
  return (
    <ChoiceCondition
      name="check"
      label="查重认证状态"
      options={only.map((value) => ({ value, label: CHECK_WORDS[value] }))}
    />
  )
}
