import { CameraOutlined, LoadingOutlined } from '@ant-design/icons'
import type { PhotographedStudent } from '@xueji/contracts/pipeline/photo.api'
import { Button, Image } from 'antd'
import { type DragEvent, useRef, useState } from 'react'
import { formatInstant } from '../../shared/time.ts'

/** One child: the photograph, or the gap where it is missing. A picture dropped on it, or chosen, takes its place. */
export function PhotoCard(props: {
  student: PhotographedStudent
  mayChange: boolean
  busy: boolean
  onPhoto: (file: File) => void
}) {
  const { student, mayChange, busy, onPhoto } = props
  const { name, studentNumber, photo } = student
  const [over, setOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const take = (files: FileList | null): void => {
    const file = files?.[0]
    if (file) onPhoto(file)
  }
  const dropping = mayChange
    ? {
        onDragOver: (event: DragEvent) => {
          event.preventDefault()
          setOver(true)
        },
        onDragLeave: () => setOver(false),
        onDrop: (event: DragEvent) => {
          event.preventDefault()
          setOver(false)
          take(event.dataTransfer.files)
        },
      }
    : {}
  return (
    <li className={`xj-photo-card${photo ? '' : ' xj-photo-missing'}${over ? ' xj-photo-over' : ''}`} {...dropping}>
      <div className="xj-photo-frame">
        {busy ? (
          <LoadingOutlined aria-label="正在上传" />
        ) : photo ? (
          <Image src={`/api/photos/${photo.id}`} alt={`${name}的照片`} width={104} height={128} loading="lazy" />
        ) : (
          <span>缺照片</span>
        )}
      </div>
      <strong title={name}>{name}</strong>
      <span className="xj-number xj-photo-note" title={photo ? `${photo.uploader} 上传` : undefined}>
        {photo ? formatInstant(photo.uploadedAt) : (studentNumber ?? '')}
      </span>
      {mayChange ? (
        <>
          <Button
            size="small"
            icon={<CameraOutlined aria-hidden />}
            disabled={busy}
            aria-label={`${photo ? '更换' : '上传'}${name}的照片`}
            onClick={() => input.current?.click()}
          >
            {photo ? '更换' : '上传'}
          </Button>
          <input
            ref={input}
            type="file"
            accept=".jpg,.jpeg"
            hidden
            aria-label={`选择${name}的照片`}
            onChange={(event) => {
              take(event.target.files)
              event.target.value = ''
            }}
          />
        </>
      ) : null}
    </li>
  )
}
