# One image for api, worker and the preparation of a database; the command says which. No build step: Node runs the sources.
FROM node:24-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --no-audit --no-fund

FROM node:24-slim
ENV NODE_ENV=production
WORKDIR /app
# Proof files lie in a volume; nothing else is written.
RUN mkdir /blobs /anchors && chown node:node /blobs /anchors
COPY --from=packages /app/node_modules node_modules
COPY package.json tsconfig.json ./
COPY activities activities
COPY api api
COPY cli cli
COPY db db
COPY engine engine
COPY intake intake
COPY metrics metrics
COPY papers papers
COPY rules rules
COPY settings settings
# The command line speaks to the simulated district on a demo machine; it is not started here.
COPY sim sim
COPY systems systems
COPY tools tools
COPY worker worker
COPY workflows workflows
USER node
# Signals reach the program itself: node is process 1.
CMD ["node", "api/main.ts"]
