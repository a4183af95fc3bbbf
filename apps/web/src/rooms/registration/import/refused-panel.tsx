import type { ImportBatchRow } from '@xueji/contracts/pipeline/import.api'
import { Alert, Button, Space } from 'antd'
import { ROOM } from '../registration.queries.ts'

/** A whole file that could not be read: what is wrong with it, what to do, and the way there. */
export function RefusedPanel({ batch, onBack }: { batch: ImportBatchRow; onBack: () => void }) {
  if (!batch.failure) return null
  const { title, advice, detail } = batch.failure
  return (
    <Alert
      type="error"
      showIcon
      title={`${title}，整份未导入`}
      description={
        <div className="xj-reg-stack">
          <div>
            <strong>怎么办：</strong>
            {advice}。
          </div>
          {detail ? (
            <div>
              <strong>具体是：</strong>
              {detail}
            </div>
          ) : null}
          <Space>
            <Button href={`${ROOM}/template/${batch.category}`} download>
              下载模板
            </Button>
            <Button type="primary" onClick={onBack}>
              返回重新上传
            </Button>
          </Space>
        </div>
      }
    />
  )
}
