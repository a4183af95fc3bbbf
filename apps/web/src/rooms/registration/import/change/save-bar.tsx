import { HistoryOutlined, UndoOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { formatCount } from '../../../../shared/time.ts'
import type { useCorrections } from './use-corrections.ts'

/** What was written and not yet sent, with the button that sends it; taking steps back; who changed what. */
export function SaveBar({
  corrections,
  editable,
  onLog,
}: {
  corrections: ReturnType<typeof useCorrections>
  editable: boolean
  onLog: () => void
}) {
  const { count, edits, busy, save, unwrite, discard, undo } = corrections
  const written = count > 0
  return (
    <div className="xj-change-save">
      {editable ? (
        <>
          <Button type="primary" disabled={!written} loading={busy} title="Ctrl+S" onClick={() => void save()}>
            保存并重新校验
          </Button>
          {written ? (
            <>
              <span className="xj-tone-accent">
                已修改 <b className="xj-number">{formatCount(count)}</b> 处（{formatCount(edits.size)} 行），尚未保存
              </span>
              <Button type="link" size="small" title="Ctrl+Z" onClick={unwrite}>
                退一步
              </Button>
              <Button type="link" size="small" onClick={discard}>
                全部放弃
              </Button>
            </>
          ) : (
            <span className="xj-muted">
              直接在格中改：回车编辑，F8 到下一处问题；可从 Excel 复制一片单元格，用 Ctrl+V 粘贴；Ctrl+D 向下填充
            </span>
          )}
        </>
      ) : null}
      <span className="xj-change-tools">
        {editable ? (
          <Button
            size="small"
            type="text"
            icon={<UndoOutlined />}
            disabled={busy || written}
            onClick={() => void undo()}
          >
            撤销上一步
          </Button>
        ) : null}
        <Button size="small" type="text" icon={<HistoryOutlined />} onClick={onLog}>
          修改记录
        </Button>
      </span>
    </div>
  )
}
