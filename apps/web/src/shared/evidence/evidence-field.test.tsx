import { renderToStaticMarkup } from 'react-dom/server'
import { expect, it } from 'vitest'
import { EvidenceField } from './evidence-field.tsx'

const picture = {
  id: '0190a1b2-0000-7000-8000-000000000001',
  name: '在校就读证明.jpg',
  size: 51_200,
  width: 640,
  height: 900,
}

it('证明材料上传区说明格式与大小，列出已上传的，可以移除', () => {
  const html = renderToStaticMarkup(<EvidenceField value={[picture]} most={3} />)
  expect(html).toContain('只能上传JPG、PNG、JPEG格式的文件，文件大小不能超过2M！')
  expect(html).toContain('最多 3 张，已有 1 张')
  expect(html).toContain(`/api/evidence/${picture.id}`)
  expect(html).toContain('移除 在校就读证明.jpg')
})

it('满了就不能再加', () => {
  expect(renderToStaticMarkup(<EvidenceField value={[picture]} most={1} />)).toContain('ant-upload-disabled')
})
