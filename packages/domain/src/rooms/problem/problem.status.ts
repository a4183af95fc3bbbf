import { type ReviewItemPosition, reviewStatusText } from '../../review/status-text.ts'
import type { GroupStatus, PartyState } from './problem-group.ts'

/** 组内处理状态 (codes 3.4) of one party; `item` is its handling under way, if any. */
export function partyStatusText(
  party: { readonly state: PartyState; readonly groupStatus: GroupStatus },
  item: ReviewItemPosition | undefined,
): string {
  switch (party.state) {
    case 'locked':
      return '待对方先处理'
    case 'todo':
    case 'lost': {
      if (item?.status === 'open') return reviewStatusText(item, '')
      const still = party.state === 'lost' ? '仲裁不通过（只可变更或删除）' : '待处理'
      return item?.status === 'returned' ? `审核退回，${still}` : still
    }
    case 'attested':
      if (party.groupStatus === 'arbitration') return '待仲裁'
      return party.groupStatus === 'ended' ? '已结束' : '已佐证，待对方处理'
    case 'won':
      return '仲裁通过'
    case 'released':
      return '自动佐证'
    case 'amended':
    case 'removed':
      return '已结束'
  }
}
