import { codeOptions } from '../../shared/code-text.ts'
import { ChoiceCondition, NumberCondition, TextCondition } from '../../shared/condition-fields.tsx'

/** The conditions of menu §2.1; 补录 has four of them (menu §2.2). */
export function RosterConditions({ short = false }: { short?: boolean }) {
  return (
    <>
      <TextCondition name="name" label={short ? '学生姓名' : '姓名'} maxLength={50} />
      <NumberCondition name="identityNumber" label="身份证件号" />
      {short ? null : (
        <>
          <TextCondition name="importFileName" label="导入Excel名称" maxLength={120} />
          <ChoiceCondition name="match" label="处理状态" options={codeOptions('MATCH')} />
        </>
      )}
      <ChoiceCondition name="identityType" label="身份证件类型" options={codeOptions('IDTYPE')} />
      <ChoiceCondition name="supplemented" label="是否完成补录" options={codeOptions('SUPPLEMENT')} />
    </>
  )
}
