import {
  type EditableSetting,
  isSettingValue,
  type SettingRow,
  settingSpec,
} from '@xueji/contracts/platform/setting.api'
import { Button, InputNumber, Switch } from 'antd'
import { useState } from 'react'
import { formatInstant } from '../../shared/time.ts'

/** One setting: what it means, what holds, who set it; changed in place by whoever may. */
export function SettingLine(props: {
  row: SettingRow
  mayChange: boolean
  onPut: (value: number | boolean | null) => Promise<void>
}) {
  const { row, mayChange, onPut } = props
  const key = row.key as EditableSetting
  const spec = settingSpec(key)
  const [typed, setTyped] = useState<number | null>()
  const [busy, setBusy] = useState(false)
  const put = async (value: number | boolean | null): Promise<void> => {
    setBusy(true)
    await onPut(value)
    setTyped(undefined)
    setBusy(false)
  }
  const words = (value: number | boolean): string =>
    typeof value === 'boolean' ? (value ? '开启' : '关闭') : `${value} ${spec.unit ?? ''}`
  const wanted = typed ?? row.value
  const fits = typeof wanted === 'number' && isSettingValue(key, wanted)
  return (
    <li className="xj-setting">
      <div>
        <h3 id={`setting-${key}`}>{spec.title}</h3>
        <p className="xj-muted">{spec.explanation}</p>
      </div>
      <div className="xj-setting-value">
        {!mayChange ? (
          <strong className="xj-number">{words(row.value)}</strong>
        ) : typeof row.value === 'boolean' ? (
          <Switch
            aria-labelledby={`setting-${key}`}
            checked={row.value}
            loading={busy}
            checkedChildren="开启"
            unCheckedChildren="关闭"
            onChange={(on) => void put(on)}
          />
        ) : (
          <>
            <InputNumber
              aria-labelledby={`setting-${key}`}
              value={typed === undefined ? row.value : typed}
              min={spec.range![0]}
              max={spec.range![1]}
              precision={0}
              suffix={spec.unit}
              onChange={(value) => setTyped(value)}
            />
            {typed !== undefined && typed !== row.value ? (
              <Button type="primary" size="small" loading={busy} disabled={!fits} onClick={() => void put(wanted)}>
                保存
              </Button>
            ) : null}
          </>
        )}
      </div>
      <div className="xj-setting-origin xj-muted">
        {row.setAt ? (
          <>
            {row.setAt.orgName}
            {row.setBy ? ` ${row.setBy}` : ''} 设置于 <span className="xj-number">{formatInstant(row.updatedAt)}</span>
            {mayChange && row.setAt.own ? (
              <Button type="link" size="small" disabled={busy} onClick={() => void put(null)}>
                恢复缺省（{words(row.usual)}）
              </Button>
            ) : null}
          </>
        ) : (
          '系统缺省'
        )}
      </div>
    </li>
  )
}
