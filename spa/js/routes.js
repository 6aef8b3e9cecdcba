// Every address of the portal and the module of its view, loaded when it is needed.
export const routes = {
  '/': () => import('../views/start.js'),
  '/register': () => import('../views/register.js'),
  '/activate': () => import('../views/activate.js'),
  '/login': () => import('../views/login.js'),
  '/forgotten-password': () => import('../views/forgotten-password.js'),
  '/new-password': () => import('../views/new-password.js'),
  '/confirm-email': () => import('../views/confirm-email.js'),
  '/postfach': () => import('../views/postfach.js'),
  '/services': () => import('../views/services.js'),
  '/services/:id': () => import('../views/service.js'),
  '/services/:id/form': () => import('../views/form.js'),
  '/requests': () => import('../views/requests.js'),
  '/requests/:id': () => import('../views/request.js'),
  '/desk': () => import('../views/desk.js'),
  '/desk/requests/:id': () => import('../views/desk-request.js'),
  '/account': () => import('../views/account.js'),
  '/account/profile': () => import('../views/profile.js'),
  '/account/email': () => import('../views/email.js'),
  '/account/password': () => import('../views/password.js'),
  '/account/sessions': () => import('../views/sessions.js'),
  '/account/activity': () => import('../views/activity.js'),
  '/account/export': () => import('../views/export.js'),
  '/account/delete': () => import('../views/delete.js'),
  '/contact': () => import('../views/contact.js'),
  '/help': () => import('../views/help.js'),
  '/privacy': () => import('../views/privacy.js'),
  '/imprint': () => import('../views/imprint.js'),
  '/accessibility': () => import('../views/accessibility.js'),
};

// Pages that stand in for another one at its address.
export const states = {
  notFound: () => import('../views/not-found.js'),
  unreachable: () => import('../views/unreachable.js'),
  trouble: () => import('../views/trouble.js'),
  expired: () => import('../views/session-expired.js'),
};
