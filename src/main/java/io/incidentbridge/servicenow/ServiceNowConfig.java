package io.incidentbridge.servicenow;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The ServiceNow instance and how the bridge reads it. */
@ConfigMapping(prefix = "bridge.servicenow")
interface ServiceNowConfig {

    /** Base address of the instance's API, for example {@code https://acme.service-now.com}. */
    @NotNull
    URI url();

    /** Base address that links for people begin with; the API's when absent. */
    Optional<URI> webUrl();

    /**
     * What follows the web address in a link to a record; {@code {table}} and {@code {sysId}} are filled in. The
     * default is the classic view; Service Operations Workspace is {@code /now/sow/record/{table}/{sysId}}.
     */
    @WithDefault("/nav_to.do?uri={table}.do%3Fsys_id%3D{sysId}")
    String linkTemplate();

    /** How the bridge logs in; Basic only for instances that still allow it (reference: basic authentication). */
    @WithDefault("client-credentials")
    AuthMode auth();

    /** OAuth client id, or the user's name for Basic; this or its file is required. */
    Optional<String> clientId();

    /** Mounted file that holds the id; a replaced file takes effect at the next login. */
    Optional<Path> clientIdFile();

    /** OAuth client secret, or the user's password for Basic; this or its file is required. */
    Optional<String> clientSecret();

    /** Mounted file that holds the secret; a replaced file takes effect at the next login. */
    Optional<Path> clientSecretFile();

    /** Longest wait for a new token. */
    @WithDefault("2s")
    Duration loginTimeout();

    /** Columns of {@code sys_user} that may hold a caller's number. */
    @WithDefault("phone,mobile_phone,home_phone")
    @NotEmpty
    List<String> phoneFields();

    /** Columns of {@code sys_user} an enrolled number may be written to, first free one first. */
    @WithDefault("mobile_phone,home_phone")
    List<String> enrolFields();

    /** The column of {@code sys_user} that a caller's employee id is compared with. */
    @WithDefault("employee_number")
    String employeeIdField();

    /** Incident states that count as open for the agent, by their raw value. */
    @WithDefault("1,2,3")
    @NotEmpty
    List<String> openStates();

    /** Raw value of {@code contact_type} of incidents that came in by phone, for the reports. */
    @WithDefault("phone")
    String phoneContactType();

    /** What the agent reads for a raw incident state; a state that is not named is shown as it is. */
    Map<String, String> stateLabels();

    /** How the bridge proves who it is. */
    enum AuthMode {
        CLIENT_CREDENTIALS,
        BASIC
    }
}
