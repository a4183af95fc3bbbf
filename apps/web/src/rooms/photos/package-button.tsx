import { FileZipOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { App, Button, Upload } from 'antd'
import { useState } from 'react'
import { useNotice } from '../../shared/notice.ts'
import { useUnsaved } from '../../shared/tabs.tsx'
import { PHOTOS, sendPackage, type Target } from './photos.queries.ts'

const MAX_BYTES = 256 * 1024 * 1024

/** 上传压缩包 (PHO-007) for the class, grade or school chosen; opens the report as soon as it has arrived. */
export function PackageButton(props: { target: Target; targetName: string; onSent: (id: string) => void }) {
  const { target, targetName, onSent } = props
  const [share, setShare] = useState<number>()
  const client = useQueryClient()
  const notice = useNotice()
  const { modal } = App.useApp()
  useUnsaved(share !== undefined)
  const send = async (file: File): Promise<void> => {
    if (!/\.zip$/i.test(file.name)) return notice.warning('请上传 zip 格式的压缩包')
    if (file.size > MAX_BYTES) return notice.warning('压缩包超过 256MB，请按年级或班级分开上传')
    setShare(0)
    try {
      const { id } = await sendPackage(target, file, setShare)
      await client.invalidateQueries({ queryKey: PHOTOS })
      onSent(id)
    } catch (failure) {
      notice.error(failure)
    } finally {
      setShare(undefined)
    }
  }
  return (
    <Upload
      accept=".zip"
      showUploadList={false}
      disabled={share !== undefined}
      beforeUpload={(file) => {
        void modal.confirm({
          title: `把 ${file.name} 中的照片上传到${targetName}？`,
          content:
            '文件名为“身份证件号.jpg”或“学校标识码_班号_姓名.jpg”（同班同名再加“_学籍号后4位”）；已有照片的学生将被更换。',
          okText: '上传',
          cancelText: '取消',
          onOk: () => {
            void send(file)
          },
        })
        return false
      }}
    >
      <Button type="primary" icon={<FileZipOutlined aria-hidden />} loading={share !== undefined}>
        {share === undefined ? '上传压缩包' : `正在上传 ${Math.round(share * 100)}%`}
      </Button>
    </Upload>
  )
}
