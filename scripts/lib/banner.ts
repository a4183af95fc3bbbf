import { join } from 'node:path'
import { DEMO_PASSWORD } from '../../apps/api/src/platform/http/auth-routes.ts'
import type { RunningSystem } from './system.ts'

/** Says where the system is and how to get in. */
export function showBanner(system: RunningSystem): void {
  const lines = ['', `  学籍已启动：${system.webUrl}`, '']
  if (system.demo)
    lines.push(
      `  演示账号（密码都是 ${DEMO_PASSWORD}）：`,
      '    sunshine.registrar  阳光小学·学籍管理员    导入名单、上报',
      '    sunshine.leader     阳光小学·学籍主管领导  学校审核',
      '    county440203        武江区教育局           审核、终审',
      '    city4402 · province44 · ministry · admin   上级部门与系统管理员',
      '    登录页列有全部演示账号',
      '',
      `  样例名单：${join(system.dataFolder, 'samples')}`,
    )
  if (system.firstAdministrator)
    lines.push(
      `  首个管理员：${system.firstAdministrator.username}  初始密码：${system.firstAdministrator.password}`,
      '  该密码只显示这一次，首次登录须修改。',
    )
  lines.push(`  接口说明：${system.url}/api/docs`, '  按 Ctrl-C 停止。', '')
  console.log(lines.join('\n'))
}
