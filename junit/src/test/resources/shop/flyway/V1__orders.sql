create table orders (
    id uuid primary key,
    customer varchar(80) not null,
    total numeric(12, 2) not null,
    placed_at timestamp with time zone not null,
    version integer not null
);

create table item (
    id uuid primary key,
    order_id uuid not null references orders (id),
    name varchar(80) not null
);
