import { expect, test } from 'vitest'
import { checkAddress } from './address.ts'

test.each(['https://example.org/a', 'mailto:ana@example.org', 'Notes/Other.md', '../plan.pdf', '#part'])(
  'good: %s',
  (address) => {
    expect(checkAddress(address)).toEqual({ url: address })
  },
)

test.each([
  ['', /needs an address/],
  ['https://', /name of a site/],
  ['mailto:ana', /mailto: wants/],
  ['example.org/page', /Did you mean https:\/\/example\.org\/page\?/],
  ['javascript:alert(1)', /^javascript: is not opened/],
  ['java\nscript:alert(1)', /./],
  ['file:///etc/passwd', /^file: is not opened/],
  ['data:text/html,x', /^data: is not opened/],
])('says what is wrong with %j', (address, expected) => {
  const checked = checkAddress(address)
  expect('problem' in checked ? checked.problem : '').toMatch(expected)
})
