import { useQueryClient } from '@tanstack/react-query'
import type { SupplementForm as Form, SupplementAnswer } from '@xueji/contracts/rooms/preschool/preschool.api'
import { fixedFields, REGISTRATION_FORMS } from '@xueji/contracts/rooms/registration/registration.form'
import { groupKeyOf } from '@xueji/contracts/template/field-groups'
import type { RegistrationFacts } from '@xueji/domain/rooms/registration/registration.facts'
import { REGISTRATION_ENTRIES, type RegistrationCategory } from '@xueji/domain/rooms/registration/registration.review'
import { Badge, Button, Tabs } from 'antd'
import { type KeyboardEvent, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { apiSend } from '../../../shared/api-client.ts'
import { useNotice } from '../../../shared/notice.ts'
import { PageFrame } from '../../../shared/page-frame.tsx'
import { useUnsaved } from '../../../shared/tabs.tsx'
import { FormFields, Groups, GroupsContext } from '../form/form-fields.tsx'
import { IssueList } from '../form/issue-list.tsx'
import { jumpToField } from '../form/jump-to-field.ts'
import { useEntryForm } from '../form/use-entry-form.ts'
import { usePlaceChoices } from '../form/use-place-choices.ts'
import { columnGroups } from '../items/field-groups.ts'
import { forgetItems, KEYS } from '../registration.queries.ts'
import { supplementPath } from './supplement-path.ts'

type TabKey = 'basic' | 'family'

const isFamily = (groupKey: string): boolean => groupKey.startsWith('guardians.')
const tabOf = (field: string | undefined): TabKey => (isFamily(groupKeyOf(field ?? '')) ? 'family' : 'basic')

const FIXED_NOTE = '姓名、性别、出生日期、身份证件类型、身份证件号与学前调档名单一致，不能修改'

/** The form of 补录 in two tabs, for a child of either template; a field at fault is found whichever tab it stands in. */
export function SupplementForm({
  known,
  category,
  facts,
  onBack,
  onLeave,
}: {
  known: Form
  category: RegistrationCategory
  facts: RegistrationFacts
  /** To the list, with this page kept for later. */
  onBack: () => void
  /** To the list, with this page done. */
  onLeave: () => void
}) {
  const { line, values, locked } = known
  const template = REGISTRATION_FORMS[category]
  const groups = columnGroups(template)
  const client = useQueryClient()
  const notice = useNotice()
  const area = useRef<HTMLDivElement>(null)
  const [tab, setTab] = useState<TabKey>('basic')
  const place = usePlaceChoices(REGISTRATION_ENTRIES[category].newcomer)
  const entry = useEntryForm({ template, facts, place, stored: values })
  const { changed, issues, attempted, busy } = entry
  useUnsaved(changed.size > 0)
  const errors = issues.filter((issue) => issue.severity === 'error')

  const jump = (field: string | undefined): void => {
    if (field) flushSync(() => setTab(tabOf(field)))
    const shown = area.current?.querySelector<HTMLElement>('.ant-tabs-tabpane-active')
    jumpToField(shown ?? null, field)
  }
  const save = async (): Promise<void> => {
    const sent = await entry.submit((wire) =>
      apiSend<SupplementAnswer>('POST', supplementPath(line.id), { values: wire, version: line.version }),
    )
    if (!sent.filed) return jump(sent.field)
    notice.success(`${line.name}已完成补录，并已发起小学新生注册，正在查重认证`)
    void client.invalidateQueries({ queryKey: KEYS.allItems })
    void forgetItems(client)
    void client.invalidateQueries({ queryKey: ['preschool'] })
    onLeave()
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 's') return
    event.preventDefault()
    if (!busy) void save()
  }
  const tabItem = (key: TabKey, text: string, only: (groupKey: string) => boolean) => ({
    key,
    label: (
      <span>
        {text} <Badge size="small" count={errors.filter((issue) => tabOf(issue.field) === key).length} />
      </span>
    ),
    forceRender: true,
    children: <Groups only={only} />,
  })
  return (
    <PageFrame
      title={`学籍信息补录 · ${line.name}`}
      extra={
        <>
          {changed.size > 0 ? <span className="xj-muted">已修改 {changed.size} 项</span> : null}
          <Button type="primary" loading={busy} title="Ctrl+S" onClick={() => void save()}>
            保存
          </Button>
          <Button onClick={changed.size > 0 ? onBack : onLeave}>返回</Button>
        </>
      }
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Ctrl+S is heard wherever the focus is in the form */}
      <div className="xj-reg-entry" ref={area} onKeyDown={onKeyDown}>
        {attempted ? <IssueList issues={errors} onJump={jump} /> : null}
        <GroupsContext
          value={{
            groups,
            entry,
            stored: values,
            fixed: new Set([...fixedFields(category), ...locked]),
            fixedNote: FIXED_NOTE,
            place,
          }}
        >
          <FormFields name={`supplement-${line.id}`} form={entry.form} first={entry.first} onChange={entry.onChange}>
            <Tabs
              className="xj-reg-entry-tabs"
              activeKey={tab}
              onChange={(key) => setTab(key as TabKey)}
              items={[tabItem('basic', '基本信息', (key) => !isFamily(key)), tabItem('family', '家庭成员', isFamily)]}
            />
          </FormFields>
        </GroupsContext>
      </div>
    </PageFrame>
  )
}
