import { useQueryClient } from '@tanstack/react-query'
import type { SupplementForm as Form, SupplementAnswer } from '@xueji/contracts/rooms/preschool/preschool.api'
import { RESIDENT_NEWCOMER_TEMPLATE } from '@xueji/contracts/rooms/registration/registration.template'
import { groupKeyOf } from '@xueji/contracts/template/field-groups'
import { Badge, Button, Tabs } from 'antd'
import { type KeyboardEvent, useRef, useState } from 'react'
import { apiSend } from '../../../shared/api-client.ts'
import { useNotice } from '../../../shared/notice.ts'
import { PageFrame } from '../../../shared/page-frame.tsx'
import { useUnsaved } from '../../../shared/tabs.tsx'
import { columnGroups } from '../items/field-groups.ts'
import { CorrectionFields, GroupsContext } from '../returned/correction-fields.tsx'
import { IssueList } from '../returned/issue-list.tsx'
import { jumpToField } from '../returned/jump-to-field.ts'
import { useClassChoices } from '../returned/use-class-choices.ts'
import { useCorrection } from '../returned/use-correction.ts'
import { supplementPath } from './supplement-path.ts'

const GROUPS = columnGroups(RESIDENT_NEWCOMER_TEMPLATE)

type Tab = 'basic' | 'family'
const tabOf = (key: string): Tab => (groupKeyOf(key).startsWith('guardians.') ? 'family' : 'basic')
const TABS: readonly { readonly key: Tab; readonly label: string }[] = [
  { key: 'basic', label: '基本信息' },
  { key: 'family', label: '家庭成员' },
]

/** The two tabs of 补录 over one form; a field at fault is found whichever tab it stands in. */
export function SupplementForm(props: {
  form: Form
  /** To the list, with this page kept for later. */
  onBack: () => void
  /** To the list, with this page done. */
  onLeave: () => void
}) {
  const { line, values, locked } = props.form
  const [tab, setTab] = useState<Tab>('basic')
  const area = useRef<HTMLDivElement>(null)
  const client = useQueryClient()
  const notice = useNotice()
  const { classes, numbers } = useClassChoices(values.classNumber)
  const correction = useCorrection<SupplementAnswer>(
    {
      values,
      schoolCode: values.schoolCode ?? '',
      file: (wire) => apiSend('POST', supplementPath(line.id), { values: wire, version: line.version }),
    },
    numbers,
  )
  const { changed, issues, attempted, busy } = correction
  useUnsaved(changed.size > 0)
  const errors = issues.filter((issue) => issue.severity === 'error')
  const jump = (field: string | undefined): void => {
    if (field) setTab(tabOf(field))
    // The other tab has to be there before anything in it can be looked at.
    setTimeout(() => jumpToField(area.current, field))
  }
  const save = async (): Promise<void> => {
    const result = await correction.submit()
    if (!result.filed) return jump(result.field)
    notice.success(`${line.name}已完成补录，并已发起小学新生注册，正在查重认证`)
    void client.invalidateQueries({ queryKey: ['preschool'] })
    props.onLeave()
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 's') return
    event.preventDefault()
    void save()
  }
  return (
    <PageFrame
      title={`学籍信息补录 · ${line.name}`}
      extra={
        <>
          {changed.size > 0 ? <span className="xj-muted">已修改 {changed.size} 项</span> : null}
          <Button type="primary" loading={busy} title="Ctrl+S" onClick={() => void save()}>
            保存
          </Button>
          <Button onClick={changed.size > 0 ? props.onBack : props.onLeave}>返回</Button>
        </>
      }
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Ctrl+S is heard wherever the focus is in the form */}
      <div className="xj-reg-correction" onKeyDown={onKeyDown}>
        <Tabs
          className="xj-reg-tabs"
          activeKey={tab}
          onChange={(key) => setTab(key as Tab)}
          items={TABS.map(({ key, label }) => ({
            key,
            label: (
              <Badge
                size="small"
                offset={[10, 0]}
                count={errors.filter((one) => tabOf(one.field ?? '') === key).length}
              >
                {label}
              </Badge>
            ),
          }))}
        />
        <div className={`xj-reg-scroll xj-reg-tab-${tab}`} ref={area}>
          {attempted ? <IssueList issues={errors} onJump={jump} /> : null}
          <GroupsContext value={{ groups: GROUPS, correction, stored: values, classes, locked: new Set(locked) }}>
            <CorrectionFields
              name={`supplement-${line.id}`}
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
