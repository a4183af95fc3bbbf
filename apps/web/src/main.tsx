document.getElementById('root')!.textContent = '学籍'
