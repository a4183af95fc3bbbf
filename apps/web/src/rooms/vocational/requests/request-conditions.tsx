import { REQUEST_WORDS } from '@xueji/contracts/rooms/vocational/vocational.words'
import { ChoiceCondition, NumberCondition, TextCondition, wordOptions } from '../../../shared/condition-fields.tsx'

/** The conditions of 中职调档查询 and 重复录取处理. */
export function RequestConditions({ withSchool = false }: { withSchool?: boolean }) {
  return (
    <>
      <TextCondition name="studentName" label="学生姓名" maxLength={50} />
      <NumberCondition name="identityNumber" label="身份证件号" />
      <TextCondition name="vocationalSchoolName" label="调档中职学校" maxLength={60} />
      <ChoiceCondition name="state" label="调档状态" options={wordOptions(REQUEST_WORDS)} />
      {withSchool ? <TextCondition name="schoolName" label="学校名称" maxLength={60} /> : null}
      <NumberCondition name="studentNumber" label="学籍号" />
    </>
  )
}
