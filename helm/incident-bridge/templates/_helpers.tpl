{{- define "incident-bridge.name" -}}
{{ default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "incident-bridge.fullname" -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if .Values.fullnameOverride -}}
{{ .Values.fullnameOverride | trunc 50 | trimSuffix "-" }}
{{- else if contains $name .Release.Name -}}
{{ .Release.Name | trunc 50 | trimSuffix "-" }}
{{- else -}}
{{ printf "%s-%s" .Release.Name $name | trunc 50 | trimSuffix "-" }}
{{- end -}}
{{- end }}

{{/* What never changes in the life of a release. Takes the root and a component. */}}
{{- define "incident-bridge.selectorLabels" -}}
app.kubernetes.io/name: {{ include "incident-bridge.name" .root }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end }}

{{- define "incident-bridge.labels" -}}
{{ include "incident-bridge.selectorLabels" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end }}

{{- define "incident-bridge.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{ default (include "incident-bridge.fullname" .) .Values.serviceAccount.name }}
{{- else -}}
{{ default "default" .Values.serviceAccount.name }}
{{- end -}}
{{- end }}

{{- define "incident-bridge.image" -}}
{{- with .Values.image -}}
{{- if .digest -}}
{{ .repository }}@{{ .digest }}
{{- else -}}
{{ .repository }}:{{ default $.Chart.AppVersion .tag }}
{{- end -}}
{{- end -}}
{{- end }}

{{- define "incident-bridge.secretsPath" -}}/run/secrets/incident-bridge{{- end }}

{{- define "incident-bridge.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "incident-bridge.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{/* A projected or plain volume of an authority's certificate. Takes name and ca. */}}
{{- define "incident-bridge.caVolume" -}}
- name: {{ .name }}
  {{- if .ca.secretName }}
  secret:
    secretName: {{ .ca.secretName }}
    items: [{key: ca.crt, path: ca.crt}]
  {{- else }}
  configMap:
    name: {{ .ca.configMapName }}
    items: [{key: ca.crt, path: ca.crt}]
  {{- end }}
{{- end }}

{{/* What to do instead of writing a secret into the ConfigMap; empty for a key that holds none. Takes the key. */}}
{{- define "incident-bridge.insteadOfSecret" -}}
{{- $key := regexReplaceAll "^%[a-z,]+[.]" . "" -}}
{{- $key = regexReplaceAll "\\[[0-9]+\\]$" $key "" -}}
{{- if regexMatch "^bridge[.]((servicenow|genesys|genesys[.]emergency|console)[.]client-secret|security[.]hash-key|(audit|agent-page)[.]key|(jira|pagerduty)[.]token)$" $key -}}
put it into a file of secrets and set {{ $key }}-file
{{- else if regexMatch "^bridge[.](security[.]clients[.].+[.]keys|webhook[.].+[.]secrets)$" $key -}}
put it into a file of secrets and set {{ trimSuffix "s" $key }}-files
{{- else if eq $key "bridge.audit.old-keys" -}}
put them into the file of bridge.audit.key-file, below the current key
{{- else if regexMatch "^quarkus[.].*(password|secret|secret[.]value)$" $key -}}
put it into a Secret that env refers to
{{- end -}}
{{- end }}

{{/* What is missing is told all at once, not one per attempt. */}}
{{- define "incident-bridge.check" -}}
{{- $missing := list -}}
{{- if not .Values.servicenow.url -}}{{- $missing = append $missing "servicenow.url: the instance's address, for example https://acme.service-now.com" -}}{{- end -}}
{{- if not (or .Values.genesys.region (and .Values.genesys.apiUrl .Values.genesys.loginUrl)) -}}{{- $missing = append $missing "genesys.region: the region's domain, for example mypurecloud.de" -}}{{- end -}}
{{- if not (or .Values.secrets.existing .Values.secrets.create) -}}{{- $missing = append $missing "secrets.existing: the name of a Secret with the files that values.yaml lists" -}}{{- end -}}
{{- if and (ne .Values.redis.mode "builtin") (not .Values.redis.hosts) -}}{{- $missing = append $missing "redis.hosts: where Redis is (or redis.mode=builtin for a trial)" -}}{{- end -}}
{{- if and (eq .Values.redis.mode "sentinel") (not .Values.redis.masterName) -}}{{- $missing = append $missing "redis.masterName: as the Sentinels call it" -}}{{- end -}}
{{- if not .Values.clients -}}{{- $missing = append $missing "clients: at least one" -}}{{- end -}}
{{- if and .Values.tls.enabled (not .Values.tls.secretName) -}}{{- $missing = append $missing "tls.secretName: a Secret of type kubernetes.io/tls" -}}{{- end -}}
{{- if and (ne .Values.tls.clientCertificates "none") (not (and .Values.tls.enabled .Values.tls.clientCaSecretName)) -}}{{- $missing = append $missing "tls.enabled and tls.clientCaSecretName: needed by tls.clientCertificates" -}}{{- end -}}
{{- if and .Values.ingress.enabled (not .Values.ingress.host) -}}{{- $missing = append $missing "ingress.host: the public name" -}}{{- end -}}
{{- if and .Values.gateway.enabled (not .Values.gateway.parentRefs) -}}{{- $missing = append $missing "gateway.parentRefs: the Gateway that the route belongs to" -}}{{- end -}}
{{- if and .Values.monitoring.podMonitor.enabled .Values.monitoring.serviceMonitor.enabled -}}{{- $missing = append $missing "monitoring: only one of podMonitor and serviceMonitor, or everything is counted twice" -}}{{- end -}}
{{- if and .Values.tracing.enabled (not .Values.tracing.endpoint) -}}{{- $missing = append $missing "tracing.endpoint: the collector's address, for example http://otel-collector:4317" -}}{{- end -}}
{{- range $name, $client := .Values.clients -}}
{{- if and $client.certificate (eq $.Values.tls.clientCertificates "none") -}}{{- $missing = append $missing (printf "tls.clientCertificates: request, or clients.%s.certificate refuses everybody" $name) -}}{{- end -}}
{{- end -}}
{{- range .Values.redis.hosts -}}
{{- if regexMatch "^[a-z]+://[^@/]*:[^@/]*@" . -}}{{- $missing = append $missing "redis.passwordFile: no password in redis.hosts, which a ConfigMap holds" -}}{{- end -}}
{{- end -}}
{{- range $key, $_ := .Values.config -}}
{{- with include "incident-bridge.insteadOfSecret" $key -}}{{- $missing = append $missing (printf "config.%s: no secret in a ConfigMap; %s" $key .) -}}{{- end -}}
{{- end -}}
{{- if $missing -}}
{{- printf "\n\nIncident Bridge needs:\n  - %s\n" (join "\n  - " $missing) | fail -}}
{{- end -}}
{{- end }}

{{/* application.properties: what the other values mean, then config, which goes first. */}}
{{- define "incident-bridge.properties" -}}
{{- $secrets := include "incident-bridge.secretsPath" . -}}
{{- $all := dict
  "bridge.servicenow.url" .Values.servicenow.url
  "bridge.servicenow.auth" .Values.servicenow.auth
  "bridge.servicenow.client-id-file" (printf "%s/servicenow-client-id" $secrets)
  "bridge.servicenow.client-secret-file" (printf "%s/servicenow-client-secret" $secrets)
  "bridge.genesys.api-url" (default (printf "https://api.%s" .Values.genesys.region) .Values.genesys.apiUrl)
  "bridge.genesys.login-url" (default (printf "https://login.%s" .Values.genesys.region) .Values.genesys.loginUrl)
  "bridge.genesys.client-id-file" (printf "%s/genesys-client-id" $secrets)
  "bridge.genesys.client-secret-file" (printf "%s/genesys-client-secret" $secrets)
  "bridge.security.hash-key-file" (printf "%s/hash-key" $secrets)
  "bridge.audit.key-file" (printf "%s/audit-key" $secrets)
  "bridge.budget.replicas" (ternary .Values.autoscaling.maxReplicas .Values.replicas .Values.autoscaling.enabled)
  "quarkus.shutdown.delay" (printf "%ds" (int .Values.shutdown.delaySeconds))
  "quarkus.shutdown.timeout" (printf "%ds" (int .Values.shutdown.timeoutSeconds))
-}}
{{- if .Values.servicenow.webUrl -}}
{{- $_ := set $all "bridge.servicenow.web-url" .Values.servicenow.webUrl -}}
{{- end -}}
{{- range $name, $client := .Values.clients -}}
{{- $_ := set $all (printf "bridge.security.clients.%s.rights" $name) (join "," $client.rights) -}}
{{- $_ := set $all (printf "bridge.security.clients.%s.key-files" $name) (printf "%s/%s" $secrets $client.keyFile) -}}
{{- if $client.certificate -}}
{{- $_ := set $all (printf "bridge.security.clients.%s.certificate" $name) true -}}
{{- end -}}
{{- end -}}
{{- if eq .Values.redis.mode "builtin" -}}
{{- $_ := set $all "quarkus.redis.hosts" (printf "redis://%s-redis:6379" (include "incident-bridge.fullname" .)) -}}
{{- else -}}
{{- $_ := set $all "quarkus.redis.hosts" (join "," .Values.redis.hosts) -}}
{{- $_ := set $all "quarkus.redis.client-type" .Values.redis.mode -}}
{{- end -}}
{{- if eq .Values.redis.mode "sentinel" -}}
{{- $_ := set $all "quarkus.redis.master-name" .Values.redis.masterName -}}
{{- $_ := set $all "quarkus.redis.role" "master" -}}
{{- end -}}
{{- if .Values.tracing.enabled -}}
{{- $_ := set $all "quarkus.otel.sdk.disabled" false -}}
{{- $_ := set $all "quarkus.otel.exporter.otlp.endpoint" .Values.tracing.endpoint -}}
{{- $_ := set $all "quarkus.otel.exporter.otlp.protocol" .Values.tracing.protocol -}}
{{- $_ := set $all "quarkus.otel.traces.sampler.arg" .Values.tracing.ratio -}}
{{- end -}}
{{- if .Values.redis.passwordFile -}}
{{- $_ := set $all "bridge.redis.password-file" (printf "%s/%s" $secrets .Values.redis.passwordFile) -}}
{{- end -}}
{{- if or .Values.redis.ca.secretName .Values.redis.ca.configMapName -}}
{{- $_ := set $all "quarkus.redis.tls-configuration-name" "redis" -}}
{{- $_ := set $all "quarkus.tls.redis.trust-store.pem.certs" "/run/tls/redis/ca.crt" -}}
{{- end -}}
{{- if .Values.tls.enabled -}}
{{- $_ := set $all "quarkus.http.tls-configuration-name" "inbound" -}}
{{- $_ := set $all "quarkus.http.insecure-requests" "disabled" -}}
{{- $_ := set $all "quarkus.http.ssl-port" 8443 -}}
{{- $_ := set $all "quarkus.tls.inbound.key-store.pem.0.cert" "/run/tls/inbound/tls.crt" -}}
{{- $_ := set $all "quarkus.tls.inbound.key-store.pem.0.key" "/run/tls/inbound/tls.key" -}}
{{- $_ := set $all "quarkus.tls.inbound.reload-period" .Values.tls.reloadPeriod -}}
{{- end -}}
{{- if ne .Values.tls.clientCertificates "none" -}}
{{- $_ := set $all "bridge.security.client-certificates" .Values.tls.clientCertificates -}}
{{- $_ := set $all "quarkus.tls.inbound.trust-store.pem.certs" "/run/tls/clients/ca.crt" -}}
{{- end -}}
{{- if or .Values.outboundCa.secretName .Values.outboundCa.configMapName -}}
{{- $_ := set $all "quarkus.rest-client.tls-configuration-name" "outbound" -}}
{{- $_ := set $all "quarkus.tls.outbound.trust-store.pem.certs" "/run/tls/outbound/ca.crt" -}}
{{- $_ := set $all "quarkus.tls.outbound.reload-period" .Values.tls.reloadPeriod -}}
{{- end -}}
{{- range $key, $value := merge (dict) .Values.config $all }}
{{ $key }}={{ if kindIs "slice" $value }}{{ join "," $value }}{{ else if kindIs "string" $value }}{{ $value | replace "\\" "\\\\" | replace "\n" "\\n" }}{{ else }}{{ toJson $value }}{{ end }}
{{- end }}
{{- end }}
