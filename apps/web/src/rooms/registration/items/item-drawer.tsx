import { Drawer, Skeleton, Tabs } from 'antd'
import { ErrorView } from '../../../shared/error-view.tsx'
import { EvidenceGallery } from '../../../shared/evidence/evidence-gallery.tsx'
import { ReviewTimeline } from '../../../shared/timeline.tsx'
import { useItemDetail } from '../registration.queries.ts'
import { ItemAlerts } from './item-alerts.tsx'
import { ItemFacts } from './item-facts.tsx'
import { ItemValues } from './item-values.tsx'

/** What to show of which item: 【查看】 opens the values, 【查看审核过程】 the timeline. */
export type ShownItem = { readonly id: string; readonly tab: 'values' | 'evidence' | 'timeline' }

/** Everything about one item in a drawer over the list; the list keeps its place. */
export function ItemDrawer({
  shown,
  onTab,
  onClose,
}: {
  shown: ShownItem | undefined
  onTab: (tab: ShownItem['tab']) => void
  onClose: () => void
}) {
  const { data, error, refetch } = useItemDetail(shown?.id)
  return (
    <Drawer
      open={shown !== undefined}
      onClose={onClose}
      size={920}
      destroyOnHidden
      title={data ? `${data.item.studentName} · ${data.item.statusText}` : '学籍注册信息'}
    >
      {error ? (
        <ErrorView error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <div className="xj-reg-stack">
          <ItemAlerts detail={data} />
          <ItemFacts detail={data} />
          <Tabs
            size="small"
            activeKey={shown?.tab ?? 'values'}
            onChange={(tab) => onTab(tab as ShownItem['tab'])}
            items={[
              { key: 'values', label: '全部信息', children: <ItemValues values={data.values} /> },
              { key: 'evidence', label: '证明材料', children: <EvidenceGallery itemId={data.item.id} /> },
              {
                key: 'timeline',
                label: '审核过程',
                children: (
                  <>
                    <p className="xj-reg-holder">
                      当前办理：<strong>{data.holder}</strong>
                    </p>
                    <ReviewTimeline entries={data.timeline} />
                  </>
                ),
              },
            ]}
          />
        </div>
      ) : (
        <Skeleton active paragraph={{ rows: 12 }} />
      )}
    </Drawer>
  )
}
