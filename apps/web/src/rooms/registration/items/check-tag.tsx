import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  CloseCircleOutlined,
  ExclamationCircleOutlined,
  SyncOutlined,
} from '@ant-design/icons'
import type { ItemRow } from '@xueji/contracts/pipeline/review.api'
import type { ReactNode } from 'react'
import { type Tone, ToneTag } from './tone-tag.tsx'

const LOOK: Readonly<Record<ItemRow['checkState'], readonly [Tone, ReactNode]>> = {
  none: ['muted', <ClockCircleOutlined key="none" />],
  running: ['accent', <SyncOutlined key="running" />],
  passed: ['success', <CheckCircleOutlined key="passed" />],
  failed: ['error', <CloseCircleOutlined key="failed" />],
  warning: ['warning', <ExclamationCircleOutlined key="warning" />],
}

/** 查重认证状态 by colour, sign and text: red and green alone would tell one reader in twelve nothing. */
export function CheckTag({ item }: { item: Pick<ItemRow, 'checkState' | 'checkText'> }) {
  const [tone, icon] = LOOK[item.checkState]
  return (
    <ToneTag tone={tone} icon={icon}>
      {item.checkText}
    </ToneTag>
  )
}
