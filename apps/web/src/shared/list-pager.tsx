import { LeftOutlined, RightOutlined, VerticalRightOutlined } from '@ant-design/icons'
import { Button, Select } from 'antd'
import type { ReactNode } from 'react'
import { formatCount } from './time.ts'
import type { ListPosition } from './use-list.ts'

/** Page sizes offered (QRY-008: 20 unless told otherwise). */
export const PAGE_SIZES = [20, 50, 100] as const

/** The row below a list: range shown, total, page turning and page size. */
export function ListPager(props: {
  position: ListPosition
  limit: number
  onLimit: (limit: number) => void
  empty: boolean
  /** Further small tools. */
  children?: ReactNode
}) {
  const { position, limit, onLimit, empty } = props
  const { page, first, last, total, capped } = position
  const pages = total !== undefined && !capped ? Math.max(1, Math.ceil(total / limit)) : undefined
  return (
    <nav className="xj-list-pager" aria-label="分页">
      <span className="xj-number">
        {empty ? '' : `显示 ${first} - ${last}`}
        {total === undefined ? '' : `${empty ? '' : ' , '}共 ${formatCount(total, capped)} 条`}
      </span>
      <span className="xj-list-tools">{props.children}</span>
      <span className="xj-list-turn">
        <Button
          size="small"
          type="text"
          icon={<VerticalRightOutlined aria-hidden />}
          aria-label="首页"
          disabled={!position.onFirst}
          onClick={position.onFirst}
        />
        <Button
          size="small"
          type="text"
          icon={<LeftOutlined aria-hidden />}
          disabled={!position.onPrevious}
          onClick={position.onPrevious}
        >
          上一页
        </Button>
        <span className="xj-number">
          第 {page} 页{pages ? ` 共 ${formatCount(pages)} 页` : ''}
        </span>
        <Button
          size="small"
          type="text"
          icon={<RightOutlined aria-hidden />}
          iconPlacement="end"
          disabled={!position.onNext}
          onClick={position.onNext}
        >
          下一页
        </Button>
      </span>
      <Select
        size="small"
        aria-label="每页条数"
        value={limit}
        onChange={onLimit}
        options={PAGE_SIZES.map((size) => ({ value: size, label: `${size} 条/页` }))}
        popupMatchSelectWidth={false}
      />
    </nav>
  )
}
