import { LINE_WORDS, MATCH_WORDS } from '@xueji/contracts/rooms/vocational/vocational.words'
import { ChoiceCondition, NumberCondition, TextCondition, wordOptions } from '../../../shared/condition-fields.tsx'

/** The conditions of 学籍调档. */
export function RosterConditions() {
  return (
    <>
      <TextCondition name="name" label="姓名" maxLength={50} />
      <NumberCondition name="identityNumber" label="身份证件号" />
      <ChoiceCondition name="match" label="识别结果" options={wordOptions(MATCH_WORDS)} />
      <ChoiceCondition name="state" label="接续状态" options={wordOptions(LINE_WORDS)} />
      <NumberCondition name="studentNumber" label="学籍号" />
      <TextCondition name="importFileName" label="导入Excel名称" maxLength={120} />
    </>
  )
}
