import { useId } from 'react';

/** Words that a person writes. */
export function Words(props: { label: string; value: string; onChange: (value: string) => void }) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{props.label}</label>
      <textarea
        id={id}
        rows={2}
        required
        maxLength={2_000}
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
      />
    </div>
  );
}

/** One of a few ways, as large as a thumb. */
export function Ways(props: {
  label: string;
  ways: readonly { value: string; words: string }[];
  value: string;
  onChange: (value: string) => void;
}) {
  const name = useId();
  return (
    <fieldset className="ways">
      <legend>{props.label}</legend>
      {props.ways.map(({ value, words }) => (
        <label key={value}>
          <input
            type="radio"
            name={name}
            required
            checked={props.value === value}
            onChange={() => props.onChange(value)}
          />
          {words}
        </label>
      ))}
    </fieldset>
  );
}
