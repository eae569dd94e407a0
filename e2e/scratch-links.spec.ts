import { NoteLinks } from './pages/links.ts'
import { NotePage } from './pages/note.ts'
import { Shell } from './pages/shell.ts'
import { FirstRunPage } from './pages/first-run.ts'
import { test } from './support/fixtures.ts'
import { callPort } from './support/ports.ts'

const shots = '/tmp/hC/shots'
test('looks', async ({ window }) => {
  await new FirstRunPage(window).emptyDoor.click()
  const shell = new Shell(window); const note = new NotePage(window); const links = new NoteLinks(window)
  void links
  await shell.ready()
  const make = (title: string, kind: string, markdown: string) => callPort(window, 'vault', 'createNote', { title, kind, markdown })
  await make('Blast radius is a design input', 'essay', 'I would rather ask how far the failure travels, and who finds out first.\n\n## Four sizes of bet\n\n| Size | Who |\n| - | - |\n| Desk | One |\n| Team | Five |\n\nOne sentence in a leadership channel, nineteen teams stopped. #process/limits\n\n## Still open\n\n- one item\n')
  await make('The invite nobody read', 'example', 'x #process\n')
  await make('Invitation, not imposition', 'essay', 'See [[Reversible by default]]. #process/limits #people\n')
  await make('Pair on every migration', 'commitment', 'rests_on:: [[Blast radius is a design input#^abc]] and [[Reversible by default]]\n')
  await make('Reversible, or not', 'note', 'words\n')
  await make('Standup', 'note', 'words\n')
  await window.setViewportSize({ width: 1440, height: 900 })
  const id = (await make('Chips', 'essay', 'First words.\n\nillustrated_by:: [[The invite nobody read]]\n\nchallenged_by:: [[Invitation, not imposition]], [[Reversible, or not]]\n\n- tried_in:: [[Pair on every migration]]\n- rests_on:: [[Not there yet]]\n\nIt took nine days in a sentence. [illustrated by:: [[The invite nobody read]]] came up late, and [a link](https://example.org/page) is #people and #process/limits here. [[Reversible by defalt]] too. [[Standup]]\n\nrating:: [[The invite nobody read]]\n')) as {id: string}
  void id
  await shell.open('Chips')
  await note.takesText().catch(() => {})
  await window.waitForTimeout(800)
  const shot = async (name: string) => {
    await window.screenshot({ path: `${shots}/${name}-light.png` })
    await window.emulateMedia({ colorScheme: 'dark' })
    await window.screenshot({ path: `${shots}/${name}-dark.png` })
    await window.emulateMedia({ colorScheme: 'light' })
  }
  await shot('chips')
  await window.getByRole('link', { name: /Reversible by defalt/ }).click()
  await window.waitForTimeout(300)
  await shot('unwritten')
  await window.keyboard.press('Escape')
  { const b = await note.text.locator('.wikilink').first().boundingBox(); await window.mouse.click(b!.x - 60, b!.y + 12) }
  await window.waitForTimeout(300)
  await shot('verbmenu')
  await window.keyboard.press('Escape')
  await note.text.getByText('First words.').click()
  await window.keyboard.press('End')
  await window.keyboard.press('Enter')
  await window.keyboard.type('This is why [[invit')
  await window.waitForTimeout(500)
  await shot('link')
  await window.keyboard.press('Enter')
  await window.keyboard.type(' As in [[Blast rad^')
  await window.waitForTimeout(500)
  await shot('passage')
  await window.keyboard.press('Enter')
  await window.keyboard.type(' and [[Blast rad#')
  await window.waitForTimeout(500)
  await shot('heading')
  await window.keyboard.press('Enter')
  await window.keyboard.type('\nill::')
  await window.waitForTimeout(300)
  await shot('verb')
  await window.keyboard.press('Enter')
  await window.keyboard.type('invite')
  await window.waitForTimeout(300)
  await window.keyboard.press('Enter')
  await window.keyboard.type('\nA tag #pr')
  await window.waitForTimeout(300)
  await shot('tag')
  await window.keyboard.press('Enter')
  await note.text.getByRole('link', { name: 'a link' }).click({ modifiers: ['ControlOrMeta'] })
  await window.waitForTimeout(300)
  await shot('popover')
  await shell.press('Mod+k')
  await window.waitForTimeout(300)
  await shot('linkform')
  await window.keyboard.press('Escape')
  console.log(JSON.stringify(await callPort(window, 'vault', 'showMarkdown', { id: id.id })))
})
