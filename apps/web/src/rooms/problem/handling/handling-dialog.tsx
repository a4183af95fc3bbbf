import { useQueryClient } from '@tanstack/react-query'
import type { Evidence } from '@xueji/contracts/pipeline/evidence.api'
import { HANDLING_WORDS } from '@xueji/contracts/rooms/problem/problem.words'
import type { ProblemParty } from '@xueji/contracts/rooms/problem/problem-group.api'
import type { Handling } from '@xueji/domain/rooms/problem/problem-group'
import { Alert, Button, Form, Input, Modal, Select, Skeleton } from 'antd'
import { useState } from 'react'
import { ApiError } from '../../../shared/api-client.ts'
import { codeOptions, codeText } from '../../../shared/code-text.ts'
import { ErrorView } from '../../../shared/error-view.tsx'
import { EvidenceField } from '../../../shared/evidence/evidence-field.tsx'
import { useNotice } from '../../../shared/notice.ts'
import { refreshProblems, sendHandlings, useGroup } from '../problem.queries.ts'

/** Which handling of which child is asked for; `suggestion` is a number that a hint proposes. */
export type HandlingQuestion = {
  readonly handling: Handling
  readonly groupId: string
  readonly studentId: string
  readonly suggestion?: string
}

type Fields = { name: string; identityType: string; identityNumber?: string; evidence: Evidence[] }

const NOTES: Readonly<Record<Handling, string>> = {
  amend: '变更居民身份证号或姓名的，先过查重认证，未通过的不能提交；不允许同时变更姓名和身份证件。',
  attest: '佐证表示本校学生信息无误。对方随后须处理；各方都佐证的，由共同上级仲裁。',
  remove: '删除经学校和主管教育部门审核后生效，学籍状态变为“已删除”，学籍号不再使用。',
}

/** 变更页、佐证页、删除页 (menu §3.1): the child as it is, what is to become of it, and the evidence all three ask for (PROB-004). */
export function HandlingDialog({
  question,
  onClose,
}: {
  question: HandlingQuestion | undefined
  onClose: (filed: boolean) => void
}) {
  return question ? (
    <OpenDialog key={question.studentId + question.handling} question={question} onClose={onClose} />
  ) : null
}

function OpenDialog({ question, onClose }: { question: HandlingQuestion; onClose: (filed: boolean) => void }) {
  const { handling, groupId, studentId } = question
  const { data, error, refetch } = useGroup(groupId)
  const party = data?.parties.find((one) => one.studentId === studentId)
  return (
    <Modal
      open
      centered
      width={860}
      footer={null}
      mask={{ closable: false }}
      className="xj-problem-dialog"
      title={`问题学籍${HANDLING_WORDS[handling]}`}
      onCancel={() => onClose(false)}
    >
      {error ? <ErrorView error={error} onRetry={() => void refetch()} /> : null}
      {party?.record ? (
        <HandlingForm question={question} party={party} record={party.record} onClose={onClose} />
      ) : error ? null : (
        <Skeleton active />
      )}
    </Modal>
  )
}

function HandlingForm({
  question: { handling, suggestion },
  party,
  record,
  onClose,
}: {
  question: HandlingQuestion
  party: ProblemParty
  record: NonNullable<ProblemParty['record']>
  onClose: (filed: boolean) => void
}) {
  const [form] = Form.useForm<Fields>()
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<string>()
  const client = useQueryClient()
  const notice = useNotice()
  const type = Form.useWatch('identityType', form) ?? record.identityType

  const save = async ({ evidence, ...amendment }: Fields): Promise<void> => {
    setBusy(true)
    setRefusal(undefined)
    try {
      const target = {
        studentId: party.studentId,
        evidenceIds: evidence.map((one) => one.id),
        ...(handling === 'amend' ? { amendment: amendmentOf(amendment) } : {}),
      }
      await sendHandlings({ handling, targets: [target] })
      notice.success(`${record.name}的${HANDLING_WORDS[handling]}已提交学校审核`)
      await refreshProblems(client)
      onClose(true)
    } catch (error) {
      setRefusal(error instanceof ApiError ? refusalText(error) : '没有提交成功，请重试')
      if (!(error instanceof ApiError)) notice.error(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Form
      form={form}
      // Ids of its own: the list behind asks for the same fields.
      name="problem-handling"
      layout="vertical"
      className="xj-problem-form"
      initialValues={{
        name: record.name,
        identityType: record.identityType,
        identityNumber: suggestion ?? record.identityNumber ?? '',
        evidence: [],
      }}
      onFinish={(fields) => void save(fields)}
    >
      <Alert type="info" showIcon title={NOTES[handling]} />
      <StudentFacts party={party} record={record} />
      {handling === 'amend' ? (
        <div className="xj-problem-amend">
          <Form.Item
            name="name"
            label="学生姓名变更后"
            rules={[{ required: true, whitespace: true, message: '请填写姓名' }]}
            tooltip={party.mayAmendName ? undefined : '只有身份证号与姓名不匹配的可以变更姓名'}
          >
            <Input maxLength={50} disabled={!party.mayAmendName} />
          </Form.Item>
          <Form.Item
            name="identityType"
            label="身份证件类型变更后"
            rules={[{ required: true, message: '请选择身份证件类型' }]}
          >
            <Select options={codeOptions('IDTYPE', ['1', '6', '7', '8', '9', 'A', 'Z'])} />
          </Form.Item>
          <Form.Item
            name="identityNumber"
            label="身份证件号变更后"
            rules={[{ required: type !== 'Z', whitespace: true, message: '请填写身份证件号' }]}
            {...(suggestion ? { extra: `按可能原因填入：${suggestion}，请对照户口簿核实后再提交` } : {})}
          >
            <Input maxLength={30} disabled={type === 'Z'} className="xj-number" />
          </Form.Item>
        </div>
      ) : null}
      <Form.Item
        name="evidence"
        label="证明材料"
        rules={[
          {
            validator: (_, value: Evidence[]) =>
              value?.length ? Promise.resolve() : Promise.reject(new Error('请上传证明材料')),
          },
        ]}
        required
      >
        <EvidenceField />
      </Form.Item>
      {refusal ? <Alert type="error" showIcon title={refusal} role="alert" /> : null}
      <div className="xj-problem-actions">
        <Button type="primary" htmlType="submit" loading={busy} danger={handling === 'remove'}>
          保存
        </Button>
        <Button onClick={() => onClose(false)}>返回</Button>
      </div>
    </Form>
  )
}

const amendmentOf = ({ name, identityType, identityNumber }: Omit<Fields, 'evidence'>) => ({
  name,
  identityType: identityType as '1',
  identityNumber: identityType === 'Z' ? null : (identityNumber ?? ''),
})

/** The sentence of a refusal with what the server adds to it: the holder's place, the register's reason, the field at fault. */
function refusalText(error: ApiError): string {
  const details = Array.isArray(error.details) ? (error.details as { message?: string; code?: string }[]) : []
  const added = details.flatMap(({ message }) => (message ? [message] : []))
  return added.length > 0 ? `${error.message}（${added.join('；')}）` : error.message
}

/** 学校信息、学生信息 of the three pages. */
function StudentFacts({ party, record }: { party: ProblemParty; record: NonNullable<ProblemParty['record']> }) {
  const facts: [string, string][] = [
    ['学校名称', party.schoolName ?? ''],
    ['学校标识码', party.schoolCode ?? ''],
    ['年级名称', record.gradeName],
    ['班级名称', record.className ?? '未分班'],
    ['全国学籍号', record.studentNumber],
    ['学生姓名', record.name],
    ['性别', codeText('GENDER', record.gender)],
    ['出生日期', record.birthDate],
    ['身份证件类型', codeText('IDTYPE', record.identityType)],
    ['身份证件号', record.identityNumber ?? '无'],
  ]
  return (
    <dl className="xj-problem-facts" aria-label="学校信息、学生信息">
      {facts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd className="xj-number">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
