import { faultText, HANDLING_WORDS, PROBLEM_TYPES } from '@xueji/contracts/rooms/problem/problem.words'
import type { ProblemGroupView, ProblemParty } from '@xueji/contracts/rooms/problem/problem-group.api'
import { Alert, Button, Skeleton } from 'antd'
import { useState } from 'react'
import { useParams } from 'react-router'
import { ErrorView } from '../../../shared/error-view.tsx'
import { EvidenceGallery } from '../../../shared/evidence/evidence-gallery.tsx'
import { PageFrame } from '../../../shared/page-frame.tsx'
import { useTabTitle } from '../../../shared/tabs.tsx'
import { formatAge, formatInstant } from '../../../shared/time.ts'
import { ReviewTimeline } from '../../../shared/timeline.tsx'
import { ArbitrationDialog } from '../handling/arbitration-dialog.tsx'
import { HandlingDialog, type HandlingQuestion } from '../handling/handling-dialog.tsx'
import { useGroup } from '../problem.queries.ts'
import '../problem.css'
import { GroupCauses } from './group-causes.tsx'
import { GroupParties } from './group-parties.tsx'

/** One page of a group for both schools and their bureaus: parties, hints, evidence, what happened, who is next (issue 5, PROB-025). */
export function ProblemGroupPage() {
  const { id = '' } = useParams()
  const { data, error, refetch } = useGroup(id)
  useTabTitle(data ? `问题学籍：${data.parties.find((party) => party.record)?.record?.name ?? ''}` : undefined)
  if (error)
    return (
      <PageFrame title="问题学籍">
        <ErrorView error={error} onRetry={() => void refetch()} />
      </PageFrame>
    )
  return data ? <Group group={data} /> : <Skeleton active className="xj-problem-page" />
}

function Group({ group }: { group: ProblemGroupView }) {
  const [question, setQuestion] = useState<HandlingQuestion>()
  const [arbitrates, setArbitrates] = useState(false)
  const filed = group.parties.filter((party) => party.itemId)
  return (
    <PageFrame
      title={`${PROBLEM_TYPES[group.problemType]}：${faultText(group.fault, group.isCrossProvince)}`}
      extra={group.isHistory ? <span className="xj-muted">历史问题学籍</span> : null}
    >
      <div className="xj-problem-page">
        <Alert
          type={group.status === 'ended' ? 'success' : 'info'}
          showIcon
          title={group.advice}
          description={
            group.next ? (
              <>
                下一步：{group.next}，自 {formatInstant(group.nextSince)} 起已等待 {formatAge(group.nextSince)}
              </>
            ) : null
          }
          action={
            <div className="xj-problem-actions">
              {group.parties.flatMap((party) =>
                party.handlings.map((handling) => (
                  <Button
                    key={party.studentId + handling}
                    size="small"
                    {...(handling === 'amend' ? { type: 'primary' as const } : {})}
                    danger={handling === 'remove'}
                    onClick={() => setQuestion({ handling, groupId: group.id, studentId: party.studentId })}
                  >
                    {HANDLING_WORDS[handling]}
                    {nameWhereNeeded(group, party)}
                  </Button>
                )),
              )}
              {group.mayArbitrate ? (
                <Button size="small" type="primary" onClick={() => setArbitrates(true)}>
                  仲裁
                </Button>
              ) : null}
            </div>
          }
        />
        {group.parties.map((party) =>
          party.refusalOpinion ? (
            <Alert key={party.studentId} type="warning" showIcon title={`审核退回：${party.refusalOpinion}`} />
          ) : null,
        )}
        <GroupParties group={group} />
        <div className="xj-problem-columns">
          <section aria-label="可能原因">
            <h2>可能原因</h2>
            <p className="xj-muted">由系统比对得出，只供参考，不会自动处理</p>
            <GroupCauses group={group} onUse={setQuestion} />
            <h2>证明材料</h2>
            {filed.length === 0 ? <p className="xj-muted">还没有提交证明材料</p> : null}
            {filed.map((party) => (
              <section key={party.studentId}>
                <h3>
                  {party.schoolName} {party.record?.name}
                </h3>
                <EvidenceGallery itemId={party.itemId!} />
              </section>
            ))}
          </section>
          <section aria-label="过程记录">
            <h2>过程记录</h2>
            <ReviewTimeline entries={group.timeline} />
          </section>
        </div>
      </div>
      <HandlingDialog question={question} onClose={() => setQuestion(undefined)} />
      <ArbitrationDialog groupId={arbitrates ? group.id : undefined} onClose={() => setArbitrates(false)} />
    </PageFrame>
  )
}

/** Two children of one school stand in one group: the button says whose it is. */
const nameWhereNeeded = (group: ProblemGroupView, party: ProblemParty): string =>
  group.parties.filter((one) => one.handlings.length > 0).length > 1 ? `：${party.record?.name ?? ''}` : ''
