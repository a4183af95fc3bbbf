import type { ItemDetail, ItemRow } from '@xueji/contracts/pipeline/review.api'
import { RESIDENT_NEWCOMER_TEMPLATE } from '@xueji/contracts/rooms/registration/registration.template'
import { Alert, Button } from 'antd'
import { type KeyboardEvent, useRef } from 'react'
import { apiSend } from '../../../shared/api-client.ts'
import { useNotice } from '../../../shared/notice.ts'
import { PageFrame } from '../../../shared/page-frame.tsx'
import { useUnsaved } from '../../../shared/tabs.tsx'
import { columnGroups } from '../items/field-groups.ts'
import { ROOM } from '../registration.queries.ts'
import { CorrectionFields, GroupsContext } from './correction-fields.tsx'
import { GroupAnchors } from './group-anchors.tsx'
import { IssueList } from './issue-list.tsx'
import { jumpToField } from './jump-to-field.ts'
import { RemoveButton } from './remove-button.tsx'
import { useClassChoices } from './use-class-choices.ts'
import { useCorrection } from './use-correction.ts'

const GROUPS = columnGroups(RESIDENT_NEWCOMER_TEMPLATE)

/** All 73 columns of a returned student by group: what was refused on top, each field with its own control and message, filed again with one button. */
export function CorrectionForm({
  detail,
  onBack,
  onLeave,
}: {
  detail: ItemDetail
  /** To the list, with this page kept for later. */
  onBack: () => void
  /** To the list, with this page done. */
  onLeave: () => void
}) {
  const notice = useNotice()
  const area = useRef<HTMLDivElement>(null)
  const { classes, numbers } = useClassChoices(detail.values.classNumber)
  const correction = useCorrection<{ item: ItemRow }>(
    {
      values: detail.values,
      schoolCode: detail.schoolCode,
      file: (values) => apiSend('PUT', `${ROOM}/items/${detail.item.id}`, { values, version: detail.item.version }),
    },
    numbers,
  )
  const { changed, issues, attempted, busy } = correction
  useUnsaved(changed.size > 0)
  const errors = issues.filter((issue) => issue.severity === 'error')

  const submit = async (): Promise<void> => {
    const result = await correction.submit()
    if (!result.filed) return jumpToField(area.current, result.field)
    notice.success(`${detail.item.studentName}已重新提交，现在：${result.answer.item.statusText}`)
    onLeave()
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 's') return
    event.preventDefault()
    void submit()
  }
  return (
    <PageFrame
      title={`修改退回信息 · ${detail.item.studentName}`}
      extra={
        <>
          {changed.size > 0 ? <span className="xj-muted">已修改 {changed.size} 项</span> : null}
          <Button type="primary" loading={busy} title="Ctrl+S" onClick={() => void submit()}>
            保存并重新提交
          </Button>
          <RemoveButton item={detail.item} onRemoved={onLeave} />
          <Button onClick={changed.size > 0 ? onBack : onLeave}>返回</Button>
        </>
      }
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Ctrl+S is heard wherever the focus is in the form */}
      <div className="xj-reg-correction" onKeyDown={onKeyDown}>
        <GroupAnchors groups={GROUPS} issues={errors} area={area} />
        <div className="xj-reg-scroll" ref={area}>
          <Alert
            type="warning"
            showIcon
            title={`${detail.item.statusText}，审核意见：${detail.item.refusalOpinion || '（未填写）'}`}
          />
          {attempted ? <IssueList issues={errors} onJump={(field) => jumpToField(area.current, field)} /> : null}
          <GroupsContext value={{ groups: GROUPS, correction, stored: detail.values, classes }}>
            <CorrectionFields
              name={`correction-${detail.item.id}`}
              form={correction.form}
              first={correction.first}
              onChange={correction.onChange}
            />
          </GroupsContext>
        </div>
      </div>
    </PageFrame>
  )
}
