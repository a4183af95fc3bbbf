import { useQueryClient } from '@tanstack/react-query'
import type { ProblemGroupView } from '@xueji/contracts/rooms/problem/problem-group.api'
import { Button, Form, Input, Modal, Select, Skeleton } from 'antd'
import { useState } from 'react'
import { ErrorView } from '../../../shared/error-view.tsx'
import { EvidenceGallery } from '../../../shared/evidence/evidence-gallery.tsx'
import { useNotice } from '../../../shared/notice.ts'
import { GroupParties } from '../group/group-parties.tsx'
import { refreshProblems, sendArbitration, useGroup } from '../problem.queries.ts'

const VERDICTS = [
  { value: true, label: '仲裁通过' },
  { value: false, label: '仲裁不通过' },
]

type Fields = { verdicts: Record<string, boolean>; opinion: string }

/** 问题学籍仲裁 (menu §3.3): every party beside the others, a verdict for each, one opinion for all (PROB-018). */
export function ArbitrationDialog({
  groupId,
  onClose,
}: {
  groupId: string | undefined
  onClose: (settled: boolean) => void
}) {
  return groupId ? <OpenDialog groupId={groupId} onClose={onClose} /> : null
}

function OpenDialog({ groupId, onClose }: { groupId: string; onClose: (settled: boolean) => void }) {
  const { data, error, refetch } = useGroup(groupId)
  return (
    <Modal
      open
      centered
      width={1100}
      footer={null}
      mask={{ closable: false }}
      className="xj-problem-dialog"
      title="问题学籍仲裁"
      onCancel={() => onClose(false)}
    >
      {error ? <ErrorView error={error} onRetry={() => void refetch()} /> : null}
      {data ? <ArbitrationForm group={data} onClose={onClose} /> : error ? null : <Skeleton active />}
    </Modal>
  )
}

function ArbitrationForm({ group, onClose }: { group: ProblemGroupView; onClose: (settled: boolean) => void }) {
  const [form] = Form.useForm<Fields>()
  const [busy, setBusy] = useState(false)
  const client = useQueryClient()
  const notice = useNotice()
  const judged = group.parties.filter((party) => party.state === 'attested')
  /** One passes, so the others do not: choosing the one says what becomes of the rest. */
  const follow = (studentId: string, passes: boolean): void => {
    if (passes || judged.length === 2)
      form.setFieldValue(
        'verdicts',
        Object.fromEntries(judged.map((party) => [party.studentId, (party.studentId === studentId) === passes])),
      )
  }
  const save = async ({ verdicts, opinion }: Fields): Promise<void> => {
    setBusy(true)
    try {
      await sendArbitration(group.id, {
        version: group.version,
        opinion,
        verdicts: judged.map(({ studentId }) => ({ studentId, passes: verdicts[studentId] ?? false })),
      })
      notice.success('仲裁完成，不通过的一方已退回学校')
      onClose(true)
    } catch (error) {
      notice.error(error)
    } finally {
      setBusy(false)
      await refreshProblems(client)
    }
  }
  return (
    <Form
      form={form}
      name="problem-arbitration"
      layout="vertical"
      className="xj-problem-form"
      onFinish={(fields) => void save(fields)}
    >
      <div className="xj-problem-verdicts">
        {judged.map((party) => (
          <Form.Item
            key={party.studentId}
            name={['verdicts', party.studentId]}
            label={`仲裁意见：${party.schoolName ?? ''} ${party.record?.name ?? ''}`}
            rules={[{ required: true, message: '请选择仲裁意见' }]}
          >
            <Select
              placeholder="请选择"
              options={VERDICTS}
              onChange={(passes: boolean) => follow(party.studentId, passes)}
            />
          </Form.Item>
        ))}
      </div>
      <GroupParties group={group} />
      <div className="xj-problem-columns">
        {judged.map((party) => (
          <section key={party.studentId}>
            <h3>{party.schoolName}的证明材料</h3>
            {party.itemId ? <EvidenceGallery itemId={party.itemId} /> : null}
          </section>
        ))}
      </div>
      <Form.Item
        name="opinion"
        label="补充意见"
        rules={[{ required: true, whitespace: true, message: '请填写补充意见' }]}
      >
        <Input.TextArea
          maxLength={500}
          showCount
          autoSize={{ minRows: 2, maxRows: 5 }}
          placeholder="各方学校都将看到这段话"
        />
      </Form.Item>
      <div className="xj-problem-actions">
        <Button type="primary" htmlType="submit" loading={busy}>
          仲裁
        </Button>
        <Button onClick={() => onClose(false)}>关闭</Button>
      </div>
    </Form>
  )
}
