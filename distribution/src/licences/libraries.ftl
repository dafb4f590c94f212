Libraries of others, with the licences that they name. The texts are in the folder texts; Apache-2.0 is the file LICENSE.

name of the jar | version | licence | title | address | group
<#list dependencyMap as e>
<#assign library = e.getKey()/>
${library.artifactId} | ${library.version} | ${e.getValue()?join(" or ")} | ${library.name} | ${library.url!"none"} | ${library.groupId}
</#list>
