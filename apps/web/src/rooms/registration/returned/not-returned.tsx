import type { ItemDetail } from '@xueji/contracts/pipeline/review.api'
import { Alert, Button } from 'antd'
import { PageFrame } from '../../../shared/page-frame.tsx'
import { ReviewTimeline } from '../../../shared/timeline.tsx'

/** The item went on in the meantime: says where it is instead of offering a form that would be refused. */
export function NotReturned({ detail, onBack }: { detail: ItemDetail; onBack: () => void }) {
  return (
    <PageFrame title="修改退回信息" extra={<Button onClick={onBack}>返回</Button>}>
      <div className="xj-reg-scroll">
        <Alert
          type="info"
          showIcon
          title={`${detail.item.studentName}：${detail.item.statusText}`}
          description={`该记录已不在退回状态，不能修改。当前办理：${detail.holder}`}
        />
        <ReviewTimeline entries={detail.timeline} />
      </div>
    </PageFrame>
  )
}
