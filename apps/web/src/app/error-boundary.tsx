import { Button } from 'antd'
import { Component, type ReactNode } from 'react'

type Props = { readonly children: ReactNode; readonly whole?: boolean }

/** Keeps a fault of one page from taking the others with it. After an update of the system it asks for a reload instead. */
export class ErrorBoundary extends Component<Props, { error: Error | undefined }> {
  override state = { error: undefined as Error | undefined }

  static getDerivedStateFromError(error: Error): { error: Error } {
    return { error }
  }

  override render(): ReactNode {
    const { error } = this.state
    if (!error) return this.props.children
    const updated = isMissingChunk(error)
    return (
      <div className={`xj-state${this.props.whole ? ' xj-state-whole' : ''}`} role="alert">
        <strong>{updated ? '系统已更新' : '页面出现错误'}</strong>
        <p>
          {updated
            ? '请刷新浏览器后继续。'
            : '其他页面不受影响。可以重新打开本页；如仍不行，请刷新浏览器，并把出错前的操作告诉系统管理员。'}
        </p>
        <div className="xj-state-actions">
          {updated ? null : (
            <Button type="primary" onClick={() => this.setState({ error: undefined })}>
              重新打开本页
            </Button>
          )}
          <Button type={updated ? 'primary' : 'default'} onClick={() => location.reload()}>
            刷新浏览器
          </Button>
        </div>
      </div>
    )
  }
}

/** True when a part of the program is no longer on the server, as after an update. */
export const isMissingChunk = (error: Error): boolean =>
  /dynamically imported module|module script failed|Failed to load module|Unable to preload/i.test(error.message)
