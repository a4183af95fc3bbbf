import { DeleteOutlined } from '@ant-design/icons'
import type { Evidence } from '@xueji/contracts/pipeline/evidence.api'
import { Button, Image } from 'antd'
import { evidenceUrl, sizeText } from './evidence-file.ts'

const SIDE = 112

/** One picture, small; a click shows it large over the page. */
export function EvidenceThumb({ evidence, onRemove }: { evidence: Evidence; onRemove?: () => void }) {
  const { id, name, size, width, height } = evidence
  return (
    <li className="xj-evidence-thumb">
      <Image
        src={evidenceUrl(id)}
        alt={name}
        width={SIDE}
        height={SIDE}
        preview={{ mask: { blur: false }, cover: '查看' }}
      />
      <span className="xj-evidence-name" title={`${name}，${width}×${height}`}>
        {name}
      </span>
      <span className="xj-evidence-size">
        {sizeText(size)}
        {onRemove ? (
          <Button
            type="text"
            size="small"
            icon={<DeleteOutlined aria-hidden />}
            aria-label={`移除 ${name}`}
            onClick={onRemove}
          />
        ) : null}
      </span>
    </li>
  )
}
