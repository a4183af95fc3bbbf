import type { ItemDetail } from '@xueji/contracts/pipeline/review.api'
import { verificationFaultText } from '@xueji/domain/duplicates/verdict'
import { Alert } from 'antd'

// The likely slip behind each answer of the population register.
const HINTS = {
  nameMismatch: '请对照户口簿核对姓名用字。',
  notFound: '请对照户口簿逐位核对号码。',
} as const

/** What a reader has to know before anything else: why it came back, why the check failed, who holds the number. */
export function ItemAlerts({ detail }: { detail: ItemDetail }) {
  const { item, verificationFault, duplicateHolder } = detail
  const { refusalOpinion } = item
  const fault = verificationFault === 'nameMismatch' ? 'nameMismatch' : 'notFound'
  return (
    <>
      {refusalOpinion === null ? null : (
        <Alert type="warning" showIcon title="审核不通过，已退回学校修改" description={`审核意见：${refusalOpinion}`} />
      )}
      {verificationFault === null ? null : (
        <Alert
          type="warning"
          showIcon
          title={`人口库认证不通过：${verificationFaultText(fault)}`}
          description={`${HINTS[fault]}${item.studentNumber ? '已分配临时学籍号并生成问题学籍。' : '可以审核通过，将分配临时学籍号并生成问题学籍。'}`}
        />
      )}
      {item.isProblem && item.identityType === 'Z' ? (
        <Alert
          type="warning"
          showIcon
          title="问题学籍：姓名性别出生日期重复"
          description="与其他无身份证件在籍学生的姓名、性别、出生日期相同，不影响注册，由问题学籍处理核实。"
        />
      ) : null}
      {duplicateHolder === null ? null : (
        <Alert
          type="error"
          showIcon
          title="查重不通过"
          description={`该身份证件号已由${duplicateHolder}登记，系统${item.status === 'ended' ? '已' : '将'}自动结束该业务；核对证件号后可重新发起注册。`}
        />
      )}
    </>
  )
}
