import './term-list.css'

type TermListProps = { title: string; terms: readonly (readonly [term: string, meaning: string])[] }

/** What can be written in a field and what it means, beside a view. */
export function TermList({ title, terms }: TermListProps) {
  return (
    <>
      <h2 className="term-list-title">{title}</h2>
      <dl className="term-list">
        {terms.map(([term, meaning]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}
