import './evidence.css'
import { useQuery } from '@tanstack/react-query'
import type { FiledEvidence } from '@xueji/contracts/pipeline/evidence.api'
import { Empty, Image, Skeleton } from 'antd'
import { apiGet } from '../api-client.ts'
import { ErrorView } from '../error-view.tsx'
import { formatInstant } from '../time.ts'
import { EvidenceThumb } from './evidence-thumb.tsx'
import { filings } from './filings.ts'

/** 证明材料 of an item for whoever reviews it: what was filed, by whom and when, round by round; nothing can be changed here. */
export function EvidenceGallery({ itemId }: { itemId: string }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['evidence', itemId],
    queryFn: ({ signal }) => apiGet<FiledEvidence[]>(`/api/items/${itemId}/evidence`, {}, signal),
  })
  if (error) return <ErrorView error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton active paragraph={{ rows: 3 }} />
  if (data.length === 0) return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description="没有证明材料" />
  return (
    <Image.PreviewGroup>
      {filings(data).map(({ key, title, uploader, filedAt, evidence }) => (
        <section key={key} className="xj-evidence-filing" aria-label={title}>
          <h3>
            {title}
            <span className="xj-muted">
              {uploader} <time dateTime={filedAt}>{formatInstant(filedAt)}</time>
            </span>
          </h3>
          <ul className="xj-evidence-list">
            {evidence.map((one) => (
              <EvidenceThumb key={one.id} evidence={one} />
            ))}
          </ul>
        </section>
      ))}
    </Image.PreviewGroup>
  )
}
