import { useQueryClient } from '@tanstack/react-query'
import type { Evidence } from '@xueji/contracts/pipeline/evidence.api'
import type { ItemDetail, ItemRow } from '@xueji/contracts/pipeline/review.api'
import { fixedFields, REGISTRATION_FORMS } from '@xueji/contracts/rooms/registration/registration.form'
import { REGISTRATION_ENTRIES, type RegistrationCategory } from '@xueji/domain/rooms/registration/registration.review'
import { Alert, Button } from 'antd'
import { type KeyboardEvent, useRef, useState } from 'react'
import { apiSend } from '../../../shared/api-client.ts'
import { EvidenceField } from '../../../shared/evidence/evidence-field.tsx'
import { EvidenceGallery } from '../../../shared/evidence/evidence-gallery.tsx'
import { useNotice } from '../../../shared/notice.ts'
import { PageFrame } from '../../../shared/page-frame.tsx'
import { useUnsaved } from '../../../shared/tabs.tsx'
import { FormFields, Groups, GroupsContext } from '../form/form-fields.tsx'
import { GroupAnchors } from '../form/group-anchors.tsx'
import { IssueList } from '../form/issue-list.tsx'
import { jumpToField } from '../form/jump-to-field.ts'
import { useEntryForm } from '../form/use-entry-form.ts'
import { useFacts } from '../form/use-facts.ts'
import { usePlaceChoices } from '../form/use-place-choices.ts'
import { columnGroups } from '../items/field-groups.ts'
import { forgetItems, KEYS, ROOM } from '../registration.queries.ts'
import { RemoveButton } from './remove-button.tsx'

/** All fields of a returned student by group: what was refused on top, each field with its own control and message, filed again with one button. */
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
  const category = detail.item.category as RegistrationCategory
  const template = REGISTRATION_FORMS[category]
  const groups = columnGroups(template)
  const client = useQueryClient()
  const notice = useNotice()
  const area = useRef<HTMLDivElement>(null)
  const place = usePlaceChoices(REGISTRATION_ENTRIES[category].newcomer)
  const { facts } = useFacts(category)
  const entry = useEntryForm({ template, facts, place, stored: detail.values })
  const [evidence, setEvidence] = useState<readonly Evidence[]>([])
  const { changed, issues, attempted, busy } = entry
  useUnsaved(changed.size > 0 || evidence.length > 0)
  const errors = issues.filter((issue) => issue.severity === 'error')

  const submit = async (): Promise<void> => {
    const sent = await entry.submit((values) =>
      apiSend<{ item: ItemRow }>('PUT', `${ROOM}/items/${detail.item.id}`, {
        values,
        version: detail.item.version,
        evidenceIds: evidence.map(({ id }) => id),
      }),
    )
    if (!sent.filed) return jumpToField(area.current, sent.field)
    void client.invalidateQueries({ queryKey: KEYS.allItems })
    void forgetItems(client)
    notice.success(`${detail.item.studentName}已重新提交，现在：${sent.answer.item.statusText}`)
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
          {detail.item.commands.includes('remove') ? <RemoveButton item={detail.item} onRemoved={onLeave} /> : null}
          <Button onClick={changed.size > 0 ? onBack : onLeave}>返回</Button>
        </>
      }
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Ctrl+S is heard wherever the focus is in the form */}
      <div className="xj-reg-correction" onKeyDown={onKeyDown}>
        <GroupAnchors groups={groups} issues={errors} area={area} />
        <div className="xj-reg-scroll" ref={area}>
          <Alert type="warning" showIcon title={reasonOf(detail)} />
          {attempted ? <IssueList issues={errors} onJump={(field) => jumpToField(area.current, field)} /> : null}
          <GroupsContext value={{ groups, entry, stored: detail.values, fixed: fixedFields(category), place }}>
            <FormFields
              name={`correction-${detail.item.id}`}
              form={entry.form}
              first={entry.first}
              onChange={entry.onChange}
            >
              <Groups />
            </FormFields>
          </GroupsContext>
          {REGISTRATION_ENTRIES[category].identityClass === 'undocumented' ? (
            <section className="xj-reg-group xj-reg-evidence" aria-label="补充证明材料">
              <h2>
                证明材料<span className="xj-muted">已提交的不能更改，可以补充</span>
              </h2>
              <EvidenceGallery itemId={detail.item.id} />
              <EvidenceField value={evidence} onChange={setEvidence} />
            </section>
          ) : null}
        </div>
      </div>
    </PageFrame>
  )
}

// Why the student is here: what the reviewer wrote, or who holds the number (REG-022).
const reasonOf = ({ item, duplicateHolder }: ItemDetail): string =>
  item.status === 'ended'
    ? `${item.statusText}：该身份证件号已由${duplicateHolder ?? '他人'}登记。请核对证件号，改正后重新发起注册`
    : `${item.statusText}，审核意见：${item.refusalOpinion || '（未填写）'}`
