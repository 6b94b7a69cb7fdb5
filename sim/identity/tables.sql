-- People who may sign in; each is an OAuth client of its own, with the secret `<person_id>-secret`.
create table if not exists person (
  person_id text primary key,
  facts     jsonb not null
);

-- What the identity provider keeps between two requests: codes, sessions, grants, refresh tokens.
create table if not exists idp_record (
  model      text not null,
  id         text not null,
  payload    jsonb not null,
  expires_at timestamptz,
  primary key (model, id)
);
create index if not exists idp_record_grant on idp_record ((payload ->> 'grantId'));
