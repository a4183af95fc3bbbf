import { CloudServerOutlined, DisconnectOutlined, FileSearchOutlined, LockOutlined } from '@ant-design/icons'
import { Button, Typography } from 'antd'
import type { ReactNode } from 'react'
import { ApiError } from './api-client.ts'

/** A page or panel that could not be loaded: what happened, what to do, the request's number, and a retry. */
export function ErrorView({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { icon, title, text } = describe(error)
  const requestId = error instanceof ApiError ? error.requestId : ''
  return (
    <div className="xj-state" role="alert">
      <span className="xj-state-icon">{icon}</span>
      <strong>{title}</strong>
      <p>{text}</p>
      {requestId ? (
        <p className="xj-state-id">
          请求编号 <Typography.Text copyable={{ tooltips: ['复制', '已复制'] }}>{requestId}</Typography.Text>
        </p>
      ) : null}
      {onRetry ? (
        <Button type="primary" onClick={onRetry}>
          重试
        </Button>
      ) : null}
    </div>
  )
}

function describe(error: unknown): { icon: ReactNode; title: string; text: string } {
  if (!(error instanceof ApiError))
    return { icon: <CloudServerOutlined aria-hidden />, title: '页面出现错误', text: '请重试；如仍不行，请刷新页面。' }
  const text = error.message
  if (error.status === 0) return { icon: <DisconnectOutlined aria-hidden />, title: '网络连接中断', text }
  if (error.status === 403) return { icon: <LockOutlined aria-hidden />, title: '没有权限', text }
  if (error.status === 404) return { icon: <FileSearchOutlined aria-hidden />, title: '没有找到', text }
  return { icon: <CloudServerOutlined aria-hidden />, title: '暂时无法读取', text }
}
