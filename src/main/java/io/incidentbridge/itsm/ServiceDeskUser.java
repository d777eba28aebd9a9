package io.incidentbridge.itsm;

import java.util.Map;

/**
 * A person in the service desk's directory.
 *
 * @param sysId      the service desk's key
 * @param userName   login name
 * @param name       as shown to the agent
 * @param vip        whether the directory marks the person as important
 * @param employeeId the id a caller can be asked for, empty when there is none
 * @param phones     the number fields as they are written there, by column, empty ones included
 * @param url        page of the record, for people
 */
public record ServiceDeskUser(
        String sysId,
        String userName,
        String name,
        boolean vip,
        String employeeId,
        Map<String, String> phones,
        String url) {}
