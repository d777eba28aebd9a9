/**
 * Prevents an operator from reading logs in the middle of an outage: pages that show how the bridge stands, live, and take
 * his decisions with their reasons.
 *
 * <p>Entry: a page is a resource below {@code /console} with {@code @RolesAllowed(Rights.OPERATOR)} and a Qute template, for
 * example {@link io.incidentbridge.console.OverviewPage} and {@code templates/console/overview.html}. To add one:
 *
 * <ol>
 *   <li>What changes by itself is a {@link io.incidentbridge.console.Panel}: a bean with a name and a template of its own.
 *       {@link io.incidentbridge.console.LiveFeed} renders it once per replica and interval for all who look, and sends it
 *       by server-sent events. Forms stay outside of panels, where nothing replaces what somebody is typing.
 *   <li>The page asks {@link io.incidentbridge.console.Panels} for the panels it shows, and its template begins with {@code
 *       {#include console/base title='...' here='...' panels=panels}} and places each with {@code {#panel}}.
 *   <li>Its link goes into the navigation in {@code templates/console/base.html}.
 *   <li>A form posts by {@code hx-post} and shows the answer in {@code #notice}: the resource answers {@link
 *       io.incidentbridge.console.Notice#done}. A {@code ProblemException} becomes a notice, or a page, by itself ({@link
 *       io.incidentbridge.console.ConsoleAnswers}). The token against forged requests is sent with every htmx request;
 *       {@link io.incidentbridge.console.ConsoleEdge} refuses a change without it.
 * </ol>
 *
 * <p>Pages call the services that the API for operators calls, never the API. No style and no script stands in a page: the
 * content security policy forbids both.
 */
package io.incidentbridge.console;
