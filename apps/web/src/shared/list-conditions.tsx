import { DownOutlined, RightOutlined } from '@ant-design/icons'
import { Button, Form, type FormInstance } from 'antd'
import { type ReactNode, useId } from 'react'
import { useRemembered } from './remember.ts'

/** The foldable 查询条件 panel: Enter or 查询 applies, 重置 returns to the first conditions. Whether it is folded is remembered. */
export function ListConditions(props: {
  form: FormInstance
  initial: Record<string, unknown>
  settingsKey: string
  active: number
  busy: boolean
  onApply: () => void
  onReset: () => void
  children: ReactNode
}) {
  const name = useId()
  const [folded, setFolded] = useRemembered(`folded.${props.settingsKey}`, false)
  return (
    <div className={`xj-conditions${folded ? ' xj-folded' : ''}`}>
      <button type="button" className="xj-conditions-fold" aria-expanded={!folded} onClick={() => setFolded(!folded)}>
        查询条件 {folded ? <RightOutlined aria-hidden /> : <DownOutlined aria-hidden />}
        {folded && props.active > 0 ? <span className="xj-muted">已设 {props.active} 项</span> : null}
      </button>
      <Form
        // Pages stay alive side by side: fields of one name must not share an id, or a label would lead to another page's field.
        name={name}
        form={props.form}
        initialValues={props.initial}
        layout="horizontal"
        labelCol={{ flex: '0 0 auto' }}
        onFinish={props.onApply}
        hidden={folded}
        role="search"
        aria-label="查询条件"
      >
        {props.children}
        <div className="xj-conditions-actions">
          <Button type="primary" htmlType="submit" loading={props.busy && { delay: 300 }}>
            查询
          </Button>
          <Button onClick={props.onReset}>重置</Button>
        </div>
      </Form>
    </div>
  )
}
