import { fixedFields } from '@xueji/contracts/rooms/registration/registration.form'
import { groupKeyOf } from '@xueji/contracts/template/field-groups'
import type { RegistrationFacts } from '@xueji/domain/rooms/registration/registration.facts'
import { REGISTRATION_ENTRIES, type RegistrationCategory } from '@xueji/domain/rooms/registration/registration.review'
import { Alert, App, Badge, Button, Tabs } from 'antd'
import { type KeyboardEvent, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useNotice } from '../../../shared/notice.ts'
import { PageFrame } from '../../../shared/page-frame.tsx'
import { FormFields, Groups, GroupsContext } from '../form/form-fields.tsx'
import { IssueList } from '../form/issue-list.tsx'
import { jumpToField } from '../form/jump-to-field.ts'
import { columnGroups } from '../items/field-groups.ts'
import { EvidenceTab } from './evidence-tab.tsx'
import { useEntryFiling } from './use-entry-filing.ts'

type TabKey = 'basic' | 'family' | 'evidence'

const isFamily = (key: string): boolean => key.startsWith('guardians.')
function tabOf(field: string | undefined): TabKey {
  if (field === 'evidence') return 'evidence'
  return isFamily(groupKeyOf(field ?? '')) ? 'family' : 'basic'
}

/** The form of menu §2.3: tabs 基本信息, 家庭成员 and, for children without document, 证明材料 (REG-019); 【保存并继续】【保存】【返回】 (REG-020). */
export function EntryForm({
  category,
  facts,
  onLeave,
}: {
  category: RegistrationCategory
  facts: RegistrationFacts
  onLeave: () => void
}) {
  const { name, identityClass } = REGISTRATION_ENTRIES[category]
  const needsEvidence = identityClass === 'undocumented'
  const { modal } = App.useApp()
  const notice = useNotice()
  const area = useRef<HTMLDivElement>(null)
  const [tab, setTab] = useState<TabKey>('basic')
  const [filed, setFiled] = useState<readonly string[]>([])
  const filing = useEntryFiling(category, facts)
  const { template, place, entry, unsaved, restored, file, next, clear } = filing
  const errors = [...entry.issues, ...filing.missing].filter((issue) => issue.severity === 'error')
  const groups = columnGroups(template)

  const jump = (field: string | undefined): void => {
    if (field) flushSync(() => setTab(tabOf(field)))
    const shown = area.current?.querySelector<HTMLElement>('.ant-tabs-content-active')
    jumpToField(shown ?? null, field)
  }
  const save = async (goOn: boolean): Promise<void> => {
    const sent = await file()
    if (!sent.filed) return jump(sent.field)
    const { item } = sent.answer
    notice.success(`${item.studentName}已提交，现在：${item.statusText}`)
    if (!goOn) return onLeave()
    setFiled((before) => [...before, item.studentName])
    next()
    jump('name')
  }
  const leave = async (): Promise<void> => {
    const sure =
      !unsaved ||
      (await modal.confirm({
        title: '有未保存的内容',
        content: '返回后填写的内容将丢失，确定返回吗？',
        okText: '放弃并返回',
        cancelText: '继续填写',
      }))
    if (sure) onLeave()
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!(event.ctrlKey || event.metaKey)) return
    const key = event.key.toLowerCase()
    if (key !== 's' && key !== 'enter') return
    event.preventDefault()
    if (!entry.busy) void save(key === 'enter')
  }
  const label = (key: TabKey, text: string) => (
    <span>
      {text} <Badge size="small" count={errors.filter((issue) => tabOf(issue.field) === key).length} />
    </span>
  )
  return (
    <PageFrame
      title={`${name}-录入`}
      extra={
        <>
          {filed.length > 0 ? (
            <span className="xj-muted" role="status">
              已录入 {filed.length} 名：{filed.slice(-3).join('、')}
            </span>
          ) : null}
          <Button type="primary" loading={entry.busy} title="Ctrl+Enter" onClick={() => void save(true)}>
            保存并继续
          </Button>
          <Button disabled={entry.busy} title="Ctrl+S" onClick={() => void save(false)}>
            保存
          </Button>
          <Button onClick={() => void leave()}>返回</Button>
        </>
      }
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys of the buttons above, heard wherever the focus is in the form */}
      <div className="xj-reg-entry" ref={area} onKeyDown={onKeyDown}>
        {restored ? (
          <Alert
            type="info"
            showIcon
            title="已恢复刷新前填写的内容"
            action={
              <Button size="small" onClick={clear}>
                清空重填
              </Button>
            }
          />
        ) : null}
        {entry.attempted ? <IssueList issues={errors} onJump={jump} /> : null}
        <GroupsContext value={{ groups, entry, fixed: fixedFields(category), place }}>
          <FormFields name={`entry-${category}`} form={entry.form} first={entry.first} onChange={entry.onChange}>
            <Tabs
              className="xj-reg-entry-tabs"
              activeKey={tab}
              onChange={(key) => setTab(key as TabKey)}
              items={[
                {
                  key: 'basic',
                  label: label('basic', '基本信息'),
                  forceRender: true,
                  children: <Groups only={(key) => !isFamily(key)} />,
                },
                {
                  key: 'family',
                  label: label('family', '家庭成员'),
                  forceRender: true,
                  children: <Groups only={isFamily} />,
                },
                ...(needsEvidence
                  ? [
                      {
                        key: 'evidence',
                        label: label('evidence', '证明材料'),
                        children: <EvidenceTab filing={filing} />,
                      },
                    ]
                  : []),
              ]}
            />
          </FormFields>
        </GroupsContext>
      </div>
    </PageFrame>
  )
}
