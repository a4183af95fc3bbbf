import type { ProblemGroupView } from '@xueji/contracts/rooms/problem/problem-group.api'
import { Button } from 'antd'
import type { HandlingQuestion } from '../handling/handling-dialog.tsx'

type Props = { group: ProblemGroupView; onUse: (question: HandlingQuestion) => void }

/** 可能原因 with its reason; a number that one proves can be taken over into an amendment, and never goes there by itself. */
export function GroupCauses({ group, onUse }: Props) {
  return (
    <ul className="xj-problem-causes">
      {group.causes.map((cause) => (
        <li key={cause.kind + cause.studentIds.join()}>
          <strong>{cause.title}</strong>
          <p>{cause.reason}</p>
          {cause.suggestion ? <SuggestedNumber group={group} cause={cause} onUse={onUse} /> : null}
        </li>
      ))}
    </ul>
  )
}

function SuggestedNumber({ group, cause, onUse }: Props & { cause: ProblemGroupView['causes'][number] }) {
  const [studentId] = cause.studentIds
  const party = group.parties.find((one) => one.studentId === studentId)
  return (
    <p>
      可能是 <span className="xj-number">{cause.suggestion}</span>
      {party?.handlings.includes('amend') ? (
        <Button
          type="link"
          size="small"
          onClick={() =>
            onUse({ handling: 'amend', groupId: group.id, studentId: party.studentId, suggestion: cause.suggestion! })
          }
        >
          核实后以此变更
        </Button>
      ) : null}
    </p>
  )
}
