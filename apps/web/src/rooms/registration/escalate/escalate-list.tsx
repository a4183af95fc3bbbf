import { GROUP_WORDS } from '@xueji/contracts/pipeline/item-words'
import type { ItemRow } from '@xueji/contracts/pipeline/review.api'
import { Button } from 'antd'
import { useState } from 'react'
import { BatchCenter, type ShownBatches } from '../batch/batch-center.tsx'
import type { BatchQuestion } from '../batch/batch-dialog.tsx'
import { WaitingList } from '../items/waiting-list.tsx'
import type { EntryGroup } from '../registration.queries.ts'
import { EscalateDialog } from './escalate-dialog.tsx'

const NONE: ReadonlyMap<string, ItemRow> = new Map()

const whyNotEscalatable = (item: Pick<ItemRow, 'commands'>): string | undefined =>
  item.commands.includes('escalate') ? undefined : '该记录不在上报环节'

/** The students approved by the school: 上报 for those ticked, 全部上报 for the conditions in force. */
export function EscalateList({ group, schoolName }: { group: EntryGroup; schoolName: string }) {
  const title = GROUP_WORDS[group]
  const [selected, setSelected] = useState(NONE)
  const [question, setQuestion] = useState<BatchQuestion>()
  const [batches, setBatches] = useState<ShownBatches>()
  return (
    <div className="xj-reg-fill">
      <BatchCenter shown={batches} onShow={setBatches} />
      <WaitingList
        view="escalate"
        group={group}
        schoolName={schoolName}
        whyNot={whyNotEscalatable}
        selected={selected}
        onSelect={setSelected}
        actions={{
          toolbar: (filter) => (
            <>
              <Button
                type="primary"
                disabled={selected.size === 0}
                title={selected.size === 0 ? '请先勾选学生' : undefined}
                onClick={() =>
                  setQuestion({ title: `${title}-上报`, target: { label: '', ids: [...selected.keys()] } })
                }
              >
                上报
              </Button>
              <Button onClick={() => setQuestion({ title: `${title}-全部上报`, target: { label: '', filter } })}>
                全部上报
              </Button>
              <Button type="text" onClick={() => setBatches('recent')}>
                批量办理记录
              </Button>
            </>
          ),
          batchBar: () => null,
        }}
      />
      <EscalateDialog
        question={question}
        onStarted={(ids) => {
          setQuestion(undefined)
          setSelected(NONE)
          setBatches(ids)
        }}
        onClose={() => setQuestion(undefined)}
      />
    </div>
  )
}
